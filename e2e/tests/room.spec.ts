import { expect } from '@playwright/test';
import { test } from '../server.ts';
import { ANSWERS, answer, enterBySample, question } from '../visit.ts';

test('a reload keeps the place and the draft', async ({ page }) => {
  await enterBySample(page);
  await answer(page, ANSWERS[0] ?? '');
  const asked = (await question(page).textContent()) ?? '';
  await page.getByLabel('Your answer').fill('Half a thought');
  await page.reload();
  await expect(question(page)).toHaveText(asked);
  await expect(page.getByLabel('Your answer')).toHaveValue('Half a thought');
});

test('two tabs: one answer counts, the other text is kept', async ({ context, page }) => {
  await enterBySample(page);
  const other = await context.newPage();
  await other.goto(page.url());
  const asked = (await question(page).textContent()) ?? '';
  await other.getByLabel('Your answer').fill('Written in the other tab, never sent.');
  await answer(page, ANSWERS[0] ?? '');

  // The other tab follows by itself and says what became of its text.
  await expect(question(other)).not.toHaveText(asked);
  await expect(other.getByText('already answered in another tab')).toBeVisible();
  await other.getByText('What you wrote', { exact: true }).click();
  await expect(other.getByText('Written in the other tab, never sent.')).toBeVisible();
  await answer(other, ANSWERS[1] ?? '');
  await expect(question(page)).toHaveText((await question(other).textContent()) ?? '');
});

test('the server dies: the answer is sent once it is back, and counts once', async ({ page, server }) => {
  await enterBySample(page);
  const asked = (await question(page).textContent()) ?? '';
  await server.kill();
  await expect(page.getByText('Connection lost.', { exact: false })).toBeVisible();
  await page.getByLabel('Your answer').fill(ANSWERS[0] ?? '');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await expect(page.getByText('The server cannot be reached.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Your answer')).toHaveValue(ANSWERS[0] ?? '');

  await server.start();
  await expect(page.getByText('Connection lost.', { exact: false })).toBeHidden({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await expect(question(page)).not.toHaveText(asked);
  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: asked })).toHaveCount(1);
});

test('the whole interview by keyboard', async ({ page }) => {
  await page.goto('/');
  const sample = page.getByRole('button', { name: 'Try with a sample' });
  for (let step = 0; step < 20 && !(await sample.evaluate((node) => node === document.activeElement)); step += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Before you go on' })).toBeVisible();
  // Enter in a field of the set-up starts, as in any form.
  await page.getByLabel(/Number of questions/).focus();
  await page.keyboard.press('Enter');

  await expect(page.getByLabel('Your answer')).toBeFocused();
  const asked = (await question(page).textContent()) ?? '';
  await page.keyboard.type('I keep a ferry line’s bookings running.');
  await page.keyboard.press('Control+Enter');
  await expect(question(page)).not.toHaveText(asked);
  await expect(page.getByLabel('Your answer')).toBeFocused();

  await page.keyboard.press('Alt+Shift+KeyP');
  await expect(question(page)).toHaveText('Paused');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Your answer')).toBeFocused();

  await page.keyboard.press('Alt+Shift+KeyK');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+Shift+KeyE');
  await expect(page.getByRole('dialog', { name: /End the interview/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Question by question' })).toBeVisible();
});

test('a paused interview stands still', async ({ page }) => {
  await enterBySample(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(question(page)).toHaveText('Paused');
  await page.reload();
  await expect(question(page)).toHaveText('Paused');
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await expect(page.getByLabel('Your answer')).toBeVisible();
});
