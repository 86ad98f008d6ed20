import { test as base, expect, type Page } from '@playwright/test';
import { Server } from '../server.ts';
import { Vendor } from '../vendor.ts';
import { expectSound } from '../visit.ts';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a quiet green room';
const KEY = 'sk-played-0123456789';

type Peers = { vendor: Vendor; server: Server };

const test = base.extend<object, Peers>({
  vendor: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const vendor = await Vendor.start(KEY);
      await use(vendor);
      await vendor.stop();
    },
    { scope: 'worker' },
  ],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      // A key in the environment must not be used.
      const vendors = ['OPENAI', 'ANTHROPIC', 'MISTRAL', 'GROQ', 'OPENROUTER'];
      const keys = Object.fromEntries(vendors.map((vendor) => [`${vendor}_API_KEY`, '']));
      const server = await Server.create({ ...keys, GREENROOM__LLM__ENABLED: 'true' });
      await server.addAdmin(EMAIL, PASSWORD);
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

async function signIn(page: Page) {
  await page.goto('/login?next=/settings');
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Who is asked' })).toBeVisible();
}

/** Fills the form for the played vendor in. */
async function fillIn(page: Page, vendor: Vendor, name: string, key: string) {
  await page.getByRole('button', { name: 'Add a model' }).click();
  await page.getByLabel('Vendor').selectOption('Another that speaks like OpenAI');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Address').fill(vendor.url);
  await page.getByLabel('Model', { exact: true }).fill('played');
  await page.getByLabel(/^Key/).fill(key);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport });

      test('an administrator adds a model, tries it, and sees what came of it', async ({ page, vendor }) => {
        const name = `lab-${colorScheme}-${viewport.width}`;
        await signIn(page);
        await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
        await expect(page.getByText('Everything runs on this server; nothing leaves it.')).toBeVisible();
        await expectSound(page);

        // A wrong key is told in words, before anything is saved.
        await fillIn(page, vendor, name, 'sk-wrong');
        await page.getByRole('button', { name: 'Test', exact: true }).click();
        await expect(page.getByText('Fail: Key.')).toBeVisible();
        await expect(page.getByText('Check the key.')).toBeVisible();
        await expectSound(page);

        await page.getByLabel(/^Key/).fill(KEY);
        await page.getByRole('button', { name: 'Test', exact: true }).click();
        for (const what of ['Reachable', 'Key', 'Speed', 'Structured output', 'A whole resume', 'Cost of 20 minutes']) {
          await expect(page.getByText(`Pass: ${what}.`)).toBeVisible();
        }
        await expect(page.getByText('All well.')).toBeVisible();
        await expectSound(page);
        await page.getByRole('button', { name: 'Add', exact: true }).click();
        await expect(page.getByText(`${name} is added.`)).toBeVisible();
        await expect(page.getByText('Asked first. Key set, ends in 6789.')).toBeVisible();
        expect(await page.content()).not.toContain(KEY);

        // It is asked at once, and everybody can see that.
        await expect(page.getByText(/Outside of this server/)).toBeVisible();
        await page.getByRole('button', { name: `Test ${name}` }).click();
        await expect(page.getByText('All well.')).toBeVisible();
        await expectSound(page);

        await page.getByRole('button', { name: `Delete ${name}` }).click();
        await page.getByRole('button', { name: 'Undo' }).click();
        await expect(page.getByText('Asked first. Key set, ends in 6789.')).toBeVisible();
        await page.getByRole('button', { name: `Delete ${name}` }).click();
        await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
        await expect(page.getByText('Everything runs on this server; nothing leaves it.')).toBeVisible();
      });
    });
  }
}

test('the built-in scorer is checked while one looks on', async ({ page }) => {
  await signIn(page);
  await page.getByRole('button', { name: 'Check the built-in scorer' }).click();
  await expect(page.getByText(/rank correlation/)).toBeVisible({ timeout: 30_000 });
  await expectSound(page);
});

test('the settings survive a restart, and are nobody else’s', async ({ page, vendor, server }) => {
  await signIn(page);
  await fillIn(page, vendor, 'kept', KEY);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('kept is added.')).toBeVisible();
  await server.kill();
  await server.start();
  await page.reload();
  await page.getByRole('button', { name: 'Test kept' }).click();
  await expect(page.getByText('Pass: Key.')).toBeVisible();

  await page.context().clearCookies();
  await page.goto('/settings');
  await expect(page.getByText('Sign in as an administrator')).toBeVisible();
  await page.goto('/');
  await page.getByRole('button', { name: 'Try with a sample' }).click();
  await expect(page.getByLabel('Position')).toBeVisible();
  await page.goto('/settings');
  await expect(page.getByText(/These settings are for administrators/)).toBeVisible();
  await expectSound(page);
});
