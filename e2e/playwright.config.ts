import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** The browser that scripts/chromium found; else the system's, else Playwright's own. */
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== undefined && existsSync(path),
);

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // One server and one browser at a time: the machine is small, and the server is part of what is tested.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 6_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: chromium ? { executablePath: chromium } : {},
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testMatch: ['journey.spec.ts', 'pages.spec.ts', 'spoken.spec.ts', 'spoken-trouble.spec.ts'],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
