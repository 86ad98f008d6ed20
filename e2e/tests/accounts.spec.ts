import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { test } from '../server.ts';
import { expectSound } from '../visit.ts';

const PASSWORD = 'a quiet green door';

/** Makes an account in a browser of its own. */
async function register(browser: Browser, email: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto('/account');
  await page.getByLabel('Name').fill('Robin Okafor');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('checkbox', { name: /^I agree/ }).check();
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page).toHaveURL(/\/history$/);
  return page;
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const section = (page: Page) => page.getByRole('region', { name: 'Where you are signed in' });

/** The device that the other browser comes from. */
const phone = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 390, height: 844 },
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  });

test('a sign-in is ended from another device, which is told why', async ({ browser }) => {
  const email = 'robin@example.com';
  const here = await register(browser, email);
  const there = await (await phone(browser)).newPage();
  await signIn(there, email);
  await expect(there).toHaveURL(/\/history$/);

  await here.goto('/account');
  await expect(section(here).getByRole('listitem')).toHaveCount(2);
  await expectSound(here);
  await section(here)
    .getByRole('button', { name: /^End Safari on iPhone/ })
    .click();
  await expect(section(here).getByRole('status')).toHaveText('Ended');
  await expect(section(here).getByRole('listitem')).toHaveCount(1);

  await there.goto('/account');
  const told = there.getByRole('region', { name: 'You were signed out' });
  await expect(told).toContainText('it was ended from another device');
  await expectSound(there);
  await told.getByRole('link', { name: 'Sign in' }).click();
  await signIn(there, email);
  await expect(there).toHaveURL(/\/history$/);
  await expect(told).toHaveCount(0);
});

test('a stolen sign-in falls, and the person is told when they come back', async ({ browser }) => {
  const email = 'kim@example.com';
  const here = await register(browser, email);
  const stolen = await here.context().storageState();
  const headers = { 'X-Greenroom-Client': 'web' };
  const renew = (page: Page) => page.request.post('/api/users/refresh', { headers, data: {} });
  expect((await renew(here)).status()).toBe(200);
  expect((await renew(here)).status()).toBe(200);
  // Whoever has the copy comes when its successor has been used.
  const thief = await (await browser.newContext({ storageState: stolen })).newPage();
  expect((await renew(thief)).status()).toBe(401);

  await here.goto('/history');
  await expect(here.getByRole('region', { name: 'You were signed out' })).toContainText('used from two places');
  await signIn(here, email);
  const told = here.getByRole('region', { name: 'About your sign-ins' });
  await expect(told).toContainText('We ended a sign-in of yours');
  await expectSound(here);
  await told.getByRole('button', { name: 'I know' }).click();
  await expect(told).toHaveCount(0);
  await here.reload();
  await expect(here.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(told).toHaveCount(0);
});

test('a new password keeps this device and no other', async ({ browser }) => {
  const email = 'sam@example.com';
  const here = await register(browser, email);
  const there = await (await phone(browser)).newPage();
  await signIn(there, email);
  await expect(there).toHaveURL(/\/history$/);

  await here.goto('/account');
  await here.getByLabel('Current password').fill(PASSWORD);
  await here.getByLabel('New password').fill('a much louder red door');
  await here.getByRole('button', { name: 'Change the password' }).click();
  await expect(here.getByText('Changed')).toBeVisible();
  await here.reload();
  await expect(section(here).getByRole('listitem')).toHaveCount(1);

  await there.goto('/history');
  await expect(there.getByText('the password was changed on another device')).toBeVisible();
  await signIn(there, email, 'a much louder red door');
  await expect(there).toHaveURL(/\/history$/);
});

test('a password that many people use is refused in words, and guessing gets slow', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto('/account');
  await page.getByLabel('Name').fill('Lee Moreau');
  await page.getByLabel('E-mail').fill('lee@example.com');
  await page.getByLabel('Password', { exact: true }).fill('Password2026');
  await expect(page.getByText('Long enough; longer is safer')).toBeVisible();
  await page.getByRole('checkbox', { name: /^I agree/ }).check();
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByText(/a password that many people use/)).toBeVisible();
  await expectSound(page);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page).toHaveURL(/\/history$/);

  const stranger = await (await browser.newContext()).newPage();
  for (let n = 0; n < 5; n++) {
    await signIn(stranger, 'lee@example.com', `wrong ${n}`);
    await expect(stranger.getByText('Address or password is wrong.')).toBeVisible();
  }
  await signIn(stranger, 'lee@example.com');
  await expect(stranger.getByText(/Try again in \d+ seconds/)).toBeVisible();
  await expect(stranger.getByText(/That is at \d/)).toBeVisible();
  await expectSound(stranger);
});
