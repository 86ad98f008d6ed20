import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mirrorFiles } from './scripts/mirror-files.mjs';

const api = process.env.GREENROOM_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), mirrorFiles()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // Host stays as the browser sent it: the server compares it with the origin.
  server: { proxy: { '/api': { target: api, changeOrigin: false, ws: true } } },
  // The content security policy forbids data: fonts and scripts, so nothing is inlined.
  build: { target: 'es2022', cssTarget: ['chrome123', 'firefox120', 'safari17.5'], assetsInlineLimit: 0 },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 20_000,
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
});
