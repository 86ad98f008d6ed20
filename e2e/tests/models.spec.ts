import { test as base, expect } from '@playwright/test';
import { Gateway } from '../gateway.ts';
import { Server } from '../server.ts';
import { Vendor } from '../vendor.ts';
import { ANSWERS, answer, endInterview, enterBySample, expectSound, question } from '../visit.ts';

type Peers = { vendor: Vendor; gateway: Gateway; server: Server };

const test = base.extend<object, Peers>({
  vendor: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const vendor = await Vendor.start();
      await use(vendor);
      await vendor.stop();
    },
    { scope: 'worker' },
  ],
  gateway: [
    async ({ vendor }, use) => {
      const gateway = await Gateway.start(vendor.url);
      await use(gateway);
      await gateway.remove();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  server: [
    async ({ vendor, gateway }, use) => {
      const provider = (name: string, settings: Record<string, string>) =>
        Object.entries({ JSON: 'schema', ...settings }).map(([key, value]) => [
          `GREENROOM__LLM__PROVIDERS__${name}__${key}`,
          value,
        ]);
      const server = await Server.create({
        ...Object.fromEntries([
          ...provider('GATEWAY', { BASE_URL: `${gateway.url}/v1`, API_KEY: gateway.key, MODEL: 'passed-on' }),
          ...provider('SPARE', { BASE_URL: vendor.url, MODEL: 'spare' }),
        ]),
        GREENROOM__LLM__ENABLED: 'true',
        GREENROOM__LLM__ORDER: '[gateway, spare]',
      });
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

test.use({ trace: 'on' });

test('a model asks, is killed half way, and nobody notices but the report', async ({ page, gateway }) => {
  await enterBySample(page);

  // The question is shown as it is written, and then stands on the log.
  await page.getByLabel('Your answer').fill(ANSWERS[0] ?? '');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  // The first reply through a gateway that has just started.
  const reaction = page.getByText('That gives me a clear picture of what you look after.');
  await expect(reaction).toBeVisible({ timeout: 30_000 });
  await expect(page.getByLabel('Your answer')).toBeFocused();
  await answer(page, ANSWERS[1] ?? '');
  await expect(question(page)).toHaveText('What else did you think of before you chose it?');
  await page.screenshot({ path: test.info().outputPath('follow-up.png') });

  await gateway.kill();
  for (const text of [
    'I thought of a cache first, but seats sell out within minutes, so it would have shown seats that were gone.',
    'I write the change down, ask one colleague to read it, and try it on a copy of last week.',
  ]) {
    await answer(page, text);
    await expect(page.getByLabel('Your answer')).toBeVisible();
  }
  await endInterview(page);
  await expect(page.getByText('gateway/passed-on').first()).toBeVisible();
  await expect(page.getByText('spare/spare').first()).toBeVisible();
  await expect(page.getByText(ANSWERS[0]?.slice(0, 40) ?? '').first()).toBeVisible();
  await expectSound(page);
  await page.screenshot({ path: test.info().outputPath('report.png'), fullPage: true });
});
