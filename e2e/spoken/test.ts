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
