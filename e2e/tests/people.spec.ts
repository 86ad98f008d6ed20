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

      test('an administrator locks somebody out and lets them in again, by keyboard', async ({ page, request }) => {
        const email = `bo.${colorScheme}.${viewport.width}@example.com`;
        const made = await request.post('/api/users/register', {
          data: { email, password: PASSWORD, name: 'Bo' },
        });
        expect(made.status()).toBe(201);
        await page.goto('/login?next=/people');
        await page.getByLabel('E-mail').fill(EMAIL);
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByLabel('Part of a name or address').fill(email);
        await expect(page.getByText('1 person.')).toBeVisible();
        await expectSound(page);

        await page.getByRole('button', { name: `Lock ${email}` }).focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('dialog', { name: 'Lock this account?' })).toBeVisible();
        await expectSound(page);
        await page.getByRole('button', { name: 'Lock it' }).press('Enter');
        await expect(page.getByText('Bo is locked out.')).toBeVisible();
        const refused = await request.post('/api/users/login', { data: { email, password: PASSWORD } });
        expect((await refused.json()).error).toBe('account_locked');

        await page.getByRole('button', { name: `Unlock ${email}` }).press('Enter');
        await expect(page.getByText('Bo can sign in again.')).toBeVisible();
        const welcome = await request.post('/api/users/login', { data: { email, password: PASSWORD } });
        expect(welcome.status()).toBe(200);

        await page.getByRole('button', { name: `Erase ${email}` }).click();
        await page.getByLabel(`Type ${email} to go on`).fill(email);
        await page.getByRole('button', { name: 'Erase for good' }).click();
        await expect(page.getByText('Nobody fits.')).toBeVisible();
      });
    });
  }
}
