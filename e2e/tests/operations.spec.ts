import { test as base, expect } from '@playwright/test';
import { Server } from '../server.ts';
import { expectSound } from '../visit.ts';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a quiet green room';

const test = base.extend<object, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const server = await Server.create({});
      await server.addAdmin(EMAIL, PASSWORD);
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport });

      test('an administrator sees how the server is doing', async ({ page }) => {
        await page.goto('/login?next=/operations');
        await page.getByLabel('E-mail').fill(EMAIL);
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await expect(page.getByText('Everything answers.')).toBeVisible();
        await expect(page.getByRole('region', { name: 'This node' }).getByText('SQLite')).toBeVisible();
        await expect(page.getByText('No work was given up.')).toBeVisible();
        await expect(page.getByRole('link', { name: 'Operations' })).toBeVisible();
        await expectSound(page);

        await page.getByRole('link', { name: 'Audit log' }).click();
        await expect(page.getByRole('row', { name: /Sign in succeeded/ }).first()).toBeVisible();
        await page.getByRole('button', { name: 'Look at every entry' }).click();
        await expect(page.getByText(/What is there was not changed/)).toBeVisible();
        await page.getByLabel('What').selectOption('Accounts');
        await page.getByRole('button', { name: 'Look', exact: true }).click();
        await expect(page.getByRole('row', { name: /Account added/ })).toBeVisible();
        await expect(page.getByRole('row', { name: /Sign in succeeded/ })).toHaveCount(0);
        await expectSound(page);

        await page.goto('/operations/retention');
        await expect(page.getByRole('row', { name: /^Resumes .*1 year after they were brought/ })).toBeVisible();
        await expect(page.getByText('Nothing was old enough so far.')).toBeVisible();
        await expectSound(page);
      });
    });
  }
}
