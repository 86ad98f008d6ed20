import { test as base, expect, type Page } from '@playwright/test';
import { Server } from '../server.ts';
import { expectSound } from '../visit.ts';

const EMAIL = 'cleo@example.com';
const PASSWORD = 'a quiet green room';

const test = base.extend<object, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const server = await Server.create({ GREENROOM__LLM__ENABLED: 'false' });
      await server.addAdmin(EMAIL, PASSWORD);
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

const POINTS = [
  ['Roasts the bones', 'I roast the bones and the vegetables until they are brown.'],
  ['Starts cold', 'I start the stock in cold water and never let it boil.'],
  ['Strains it', 'I skim the foam and strain the stock through a cloth.'],
] as const;
const REFERENCE =
  'I roast the bones and the vegetables until they are brown. In our kitchen that takes forty minutes in a hot oven, with a spoon of tomato at the end. I start the stock in cold water and never let it boil. I keep it at ninety degrees for eight hours, with thyme and a bay leaf, and leave the lid off. I skim the foam and strain the stock through a cloth.';

async function signIn(page: Page) {
  await page.goto('/login?next=/bank');
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Questions', exact: true })).toBeVisible();
}

async function write(page: Page, id: string, covers: string) {
  await page.getByRole('link', { name: 'Add a question' }).click();
  await page.getByLabel('Key', { exact: true }).fill(id);
  await page.getByLabel('Competency').selectOption('Planning');
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill(`How do you make a brown veal stock for ${covers} covers?`);
  await page.getByLabel('An answer with full marks').fill('I open a tin.');
  await page.getByLabel('Red flags').fill('Takes stock powder and calls it home-made');
  for (const [at, [point, says]] of POINTS.entries()) {
    await page.getByLabel(`Key point ${at + 1}, in a few words`).fill(point);
    await page.getByLabel(`The sentence of a good answer ${at + 1}`).fill(says);
  }
  await page.getByLabel('Follow-up 1', { exact: true }).fill('How dark do the bones get?');
  await page.getByLabel('Follow-up 2', { exact: true }).fill('What goes wrong there most often?');
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport });

      test('the pages of the bank are sound', async ({ page }) => {
        await signIn(page);
        await expect(page.getByText(/^20 questions, and more/)).toBeVisible();
        await expectSound(page);
        await page.getByLabel('Words in question, reference or key').fill('general.walk_me_through');
        await expect(page.getByText('1 question.')).toBeVisible();
        await page.getByRole('listitem').getByRole('link').first().click();
        await expect(page.getByRole('heading', { name: 'Key points' })).toBeVisible();
        await page.getByLabel('Shown in').selectOption('German');
        await expect(page.getByRole('heading', { level: 1 })).toContainText('Werdegang');
        await expectSound(page);
      });
    });
  }
}

test('a curator adds a question, mends what the checks name, changes it, goes back and retires it', async ({ page }) => {
  await signIn(page);
  await write(page, 'canteen_stock', 'forty');
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByText(/It is not stored/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/The reference does not cover/)).toBeVisible();
  await expectSound(page);
  await page.getByLabel('An answer with full marks').fill(REFERENCE);
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('forty covers', { timeout: 30_000 });

  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill('How do you make a brown veal stock for sixty covers?');
  await page.getByRole('button', { name: 'Store as a new version' }).click();
  await expect(page.getByText('Stored as version 2.')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('ins')).toHaveText('sixty');
  await expect(page.locator('del')).toHaveText('forty');
  await expectSound(page);

  await page.getByRole('button', { name: 'Go back to version 1' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('forty covers', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Retire it' }).click();
  await expect(page.getByText('It is retired: asked no more, and kept.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('It is asked again.')).toBeVisible({ timeout: 30_000 });

  await page.getByRole('link', { name: 'Question bank' }).click();
  await page.getByRole('button', { name: 'Calibrate now' }).click();
  await expect(page.getByText('No question has enough answers yet, or none were calibrated.')).toBeVisible({
    timeout: 30_000,
  });
  await page.getByLabel('A file with questions').setInputFiles({
    name: 'questions.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from('{"role": "general"}\n'),
  });
  await expect(page.getByText(/1 row: 0 new, 0 changed, 0 as they were, 1 refused/)).toBeVisible({ timeout: 30_000 });
  await expectSound(page);
});
