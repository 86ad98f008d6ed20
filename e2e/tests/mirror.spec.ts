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

/** What agreeing takes: that one does, to which text, and who may hear and speak since. */
const ASKED =
  /^(PUT \/api\/users\/me\/consents\/camera_numbers \{"version":"[0-9a-f.-]+"\}|GET \/api\/(consents|users\/me\/consents|voice))$/;

test('the mirror sees a face, and nothing of it leaves the device', async ({ page, baseURL }) => {
  await enterBySample(page);
  const left: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    const isFetched = request.method() === 'GET' && (url.startsWith(`${baseURL}/assets/`) || url.startsWith('blob:'));
    const what = `${request.method()} ${url.replace(baseURL ?? '', '')} ${request.postData() ?? ''}`.trim();
    if (!isFetched && !ASKED.test(what)) left.push(what);
  });
  page.on('websocket', (socket) => left.push(`a socket to ${socket.url()}`));
  await page.getByRole('button', { name: 'Open a mirror' }).click();
  await expect(page.getByText('No picture and no number leaves this device.', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Agree and open the mirror' }).click();

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
