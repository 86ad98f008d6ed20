import { expect } from '@playwright/test';
import { test } from '../server.ts';
import { enterBySample, expectSound, fixture } from '../visit.ts';

test.use({
  permissions: ['camera'],
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${fixture('face.mjpeg')}`,
      ],
    }),
});

test('the mirror sees a face, and nothing of it leaves the device', async ({ page, baseURL }) => {
  await enterBySample(page);
  const left: string[] = [];
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(`${baseURL}/assets/`) || request.url().startsWith('blob:');
    if (!isOurs || request.method() !== 'GET') left.push(`${request.method()} ${request.url()}`);
  });
  page.on('websocket', (socket) => left.push(`a socket to ${socket.url()}`));
  await page.getByRole('button', { name: 'Open a mirror' }).click();
  await expect(page.getByText('No picture and no number leaves this device.', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Open the mirror' }).click();

  await expect(page.getByText('You look towards the screen.')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('Towards the screen', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expectSound(page);
  await page.getByRole('button', { name: 'Close the mirror' }).click();
  await expect(page.getByRole('button', { name: 'Open a mirror' })).toBeVisible();
  expect(left).toEqual([]);
});

test('the mirror is not fetched by who does not open it', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await enterBySample(page);
  expect(fetched.filter((url) => url.includes('mirror'))).toEqual([]);
});
