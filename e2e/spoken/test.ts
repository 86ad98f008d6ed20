import { test as base } from '../server.ts';
import { giveMicrophone } from './microphone.ts';
import { SpokenServer } from './server.ts';
import { SPOKEN } from './visit.ts';

/** With a server that hears and speaks, a network that can fail, and a microphone that plays what the test says. */
export const test = base.extend<{ network: SpokenServer['network'] }, { speaking: SpokenServer }>({
  speaking: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const speaking = await SpokenServer.start(Object.values(SPOKEN));
      await use(speaking);
      await speaking.stop();
    },
    { scope: 'worker' },
  ],
  network: async ({ speaking }, use) => {
    speaking.network.comesBack();
    speaking.network.takesDatagrams = true;
    await use(speaking.network);
  },
  baseURL: async ({ network }, use) => use(network.url),
  page: async ({ page }, use) => {
    await giveMicrophone(page);
    await use(page);
  },
  permissions: async ({ permissions }, use) => use([...(permissions ?? []), 'microphone']),
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: ['--autoplay-policy=no-user-gesture-required'] }),
});

type Vendor = { url: string; stop: () => Promise<void> };

/** The same where the server asks a vendor that the test plays; `settings` name it. */
export const testWith = <V extends Vendor>(
  start: () => Promise<V>,
  settings: (url: string) => Record<string, string>,
) =>
  test.extend<object, { vendor: V }>({
    vendor: [
      // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
      async ({}, use) => {
        const vendor = await start();
        await use(vendor);
        await vendor.stop();
      },
      { scope: 'worker' },
    ],
    speaking: [
      async ({ vendor }, use) => {
        const speaking = await SpokenServer.start(Object.values(SPOKEN), settings(vendor.url));
        await use(speaking);
        await speaking.stop();
      },
      { scope: 'worker' },
    ],
  });
