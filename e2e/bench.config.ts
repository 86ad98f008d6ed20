import { defineConfig } from '@playwright/test';

/** Measures a spoken interview in a real browser; see docs/performance.md. */
export default defineConfig({
  testDir: 'bench',
  testMatch: '*.bench.ts',
  outputDir: '../target/bench-results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 20 * 60_000,
  reporter: [['line']],
});
