import { defineConfig } from '@playwright/test';
import base from './playwright.config.ts';

/** Several nodes behind nginx: scripts/check-nginx. */
export default defineConfig(base, {
  testDir: 'nodes',
  projects: [{ name: 'desktop', use: { viewport: { width: 1440, height: 900 }, ignoreHTTPSErrors: true } }],
});
