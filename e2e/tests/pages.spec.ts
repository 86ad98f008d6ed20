import { expect } from '@playwright/test';
import { test } from '../server.ts';
import { ANSWERS, answer, endInterview, enterBySample, expectSound } from '../visit.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('pages for everybody are sound', async ({ page }) => {
      for (const path of ['/', '/login', '/privacy', '/account', '/history', '/prepare', '/nowhere']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectSound(page);
      }
    });

    test('the pages of an interview are sound', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'Try with a sample' }).click();
      await expect(page.getByLabel('Position')).toBeVisible();
      await expectSound(page);
      await enterBySample(page);
      await expectSound(page);
      await answer(page, ANSWERS[0] ?? '');
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
      await expectSound(page);
      await page.getByRole('button', { name: 'Go on' }).first().click();
      await answer(page, ANSWERS[1] ?? '');
      await endInterview(page);
      await expect(page.getByText('still being judged')).toHaveCount(0);
      await expectSound(page);
      await page.getByRole('article').first().getByRole('button', { name: 'Answer it again' }).click();
      await expectSound(page);
      for (const path of ['/history', '/account']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectSound(page);
      }
    });
  });
}
