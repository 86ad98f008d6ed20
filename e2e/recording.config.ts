import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** Makes docs/audio and the drawing that goes with it: `make recording`. */
export default defineConfig({
  ...tests,
  testDir: 'recording',
  testMatch: '*.recording.ts',
  timeout: 5 * 60_000,
  use: {
    ...tests.use,
    // Probes run on the audio thread from text, and hear what people would.
    bypassCSP: true,
    launchOptions: { ...tests.use?.launchOptions, ignoreDefaultArgs: ['--mute-audio'] },
    viewport: { width: 1280, height: 800 },
  },
  projects: [{ name: 'recording' }],
});
