import { expect } from '@playwright/test';
import { test as base } from '../server.ts';
import { Site } from '../site.ts';
import { ANSWERS, answer, endInterview, enterBySample, question } from '../visit.ts';

const test = base.extend<object, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const site = await Site.create();
      await use(site);
      await site.remove();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.url),
});

/** Where to put pictures of what the page says. */
const PICTURES = process.env.GREENROOM_PICTURES;

test('the node that a page listens to is killed: the interview goes on at another one', async ({ page, site }) => {
  await enterBySample(page);
  const first = (await question(page).textContent()) ?? '';
  await answer(page, ANSWERS[0] ?? '');
  const second = (await question(page).textContent()) ?? '';
  await page.getByLabel('Your answer').fill('Half a thought');

  const listener = await site.listener();
  expect(listener, 'a node holds the live line').toBeDefined();
  const began = Date.now();
  await listener?.kill();
  await expect.poll(() => site.listener(), { timeout: 10_000 }).toBeDefined();
  console.log(`the live line stands again after ${Date.now() - began} ms`);
  await expect(page.getByText(/^Connection lost/)).toBeHidden();
  await expect(question(page)).toHaveText(second);
  await expect(page.getByLabel('Your answer')).toHaveValue('Half a thought');

  await answer(page, ANSWERS[1] ?? '');
  await expect(page.getByText('Saved. 2 answers kept.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: first })).toHaveCount(1);
  await expect(page.getByRole('listitem').filter({ hasText: second })).toHaveCount(1);
  await listener?.start();
});

test('all nodes are gone: the page says so, keeps what is written, and goes on when they are back', async ({
  page,
  site,
}) => {
  await enterBySample(page);
  const asked = (await question(page).textContent()) ?? '';
  for (const node of site.nodes) await node.kill();
  await expect(page.getByText(/^Connection lost/)).toBeVisible();
  await page.getByLabel('Your answer').fill(ANSWERS[0] ?? '');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Your answer')).toHaveValue(ANSWERS[0] ?? '');
  await pictures(page, 'all-nodes-gone');

  for (const node of site.nodes) await node.start();
  const began = Date.now();
  await expect(page.getByText(/^Connection lost/)).toBeHidden({ timeout: 30_000 });
  console.log(`the page is back ${Date.now() - began} ms after the nodes`);
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await expect(question(page)).not.toHaveText(asked);
  await endInterview(page);
});

async function pictures(page: import('@playwright/test').Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${PICTURES}/${name}-${width}-${colorScheme}.png` });
    }
  }
}
