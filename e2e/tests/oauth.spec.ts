import { expect, type Page } from '@playwright/test';
import { Provider } from '../provider.ts';
import { Server, test as base } from '../server.ts';
import { ANSWERS, answer, enterBySample, expectSound } from '../visit.ts';

const test = base.extend<object, { provider: Provider }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const provider = await Provider.start();
      await use(provider);
      await provider.stop();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ provider }, use) => {
      const server = await Server.create(provider.settings);
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
});

/** At the provider: says who one is. */
async function sayWho(page: Page, account: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  await page.getByLabel('Account').fill(account);
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('a guest becomes an account by a provider, gets a password, and unlinks', async ({ page }) => {
  await enterBySample(page);
  await answer(page, ANSWERS[0] ?? '');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('link', { name: 'Keep it' }).click();
  await expectSound(page);
  await page.getByRole('link', { name: 'Continue with Work' }).click();
  await sayWho(page, 'kari@example.com');
  // What the guest did is there.
  await expect(page.getByRole('heading', { name: 'Your interviews' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Go on' })).toBeVisible();

  await page.getByRole('link', { name: 'Account' }).click();
  const ways = page.getByRole('region', { name: 'Ways to sign in' });
  await expect(ways).toContainText('Work as kari@example.com');
  await expectSound(page);
  await ways.getByRole('button', { name: 'Unlink Work' }).click();
  await expect(ways.getByRole('alert')).toContainText('the only way into your account');
  await page.getByRole('form', { name: 'Set a password' }).getByLabel('New password').fill('the ferry leaves at six');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(ways).toContainText('You can sign in with your password.');
  await ways.getByRole('button', { name: 'Unlink Work' }).click();
  await expect(ways.getByRole('link', { name: 'Link Work' })).toBeVisible();
});

test('signing in by a provider, and what is told when it comes to nothing', async ({ page }) => {
  await page.goto('/login');
  await expectSound(page);
  await page.getByRole('link', { name: 'Continue with Work' }).click();
  await page.getByRole('button', { name: 'Do not allow' }).click();
  await expect(page.getByRole('alert')).toContainText('You did not agree at the provider');
  await expectSound(page);
  await page.getByRole('link', { name: 'Continue with Work' }).click();
  await sayWho(page, 'unverified:lars@example.com');
  await expect(page.getByRole('alert')).toContainText('has not confirmed that your e-mail address is yours');
});
