import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** Makes docs/images: `make screenshots`. */
export default defineConfig({
  ...tests,
  testDir: 'screenshots',
  projects: [{ name: 'pictures', use: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 } }],
});
