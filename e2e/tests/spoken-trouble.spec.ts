import { expect } from '@playwright/test';
import { giveMicrophone, say } from '../spoken/microphone.ts';
import { SpokenServer } from '../spoken/server.ts';
import { test } from '../spoken/test.ts';
import { answerAloud, goIn, goToSpoken, ownWords, panel, SPOKEN, turnOn, yourTurn } from '../spoken/visit.ts';
import { answer, expectSound, question } from '../visit.ts';

test.describe.configure({ timeout: 120_000 });

test('a refused microphone is explained, and the interview is typed', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('as played', 'NotAllowedError');
    };
  });
  await goToSpoken(page, 2);
  await turnOn(page);
  await expect(page.getByText('The microphone is not allowed for this page.')).toBeVisible();
  await expect(page.getByText(/left of the address/)).toBeVisible();
  await expectSound(page);
  await page.getByRole('button', { name: 'Type instead' }).click();
  await answer(page, SPOKEN.bookings);
});

test('a network that is gone for a second is not noticed; one that is gone for longer is come back to', async ({
  page,
  network,
}) => {
  await goToSpoken(page, 3);
  const opened: (string | null)[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/voice/offer'))
      opened.push((request.postDataJSON() as { resume?: string }).resume ?? null);
  });
  await goIn(page);
  const asked = (await question(page).textContent()) ?? '';
  const answering = say(page, SPOKEN.search);
  network.goes();
  await page.waitForTimeout(1_000);
  network.comesBack();
  await answering;
  await expect(ownWords(page)).toContainText(['it took a tenth of a second'], { timeout: 30_000 });
  await expect(question(page)).not.toHaveText(asked);
  await yourTurn(page);
  expect(opened).toHaveLength(1);

  const next = (await question(page).textContent()) ?? '';
  network.goes();
  await expect(panel(page).getByText('Connection lost, reconnecting')).toBeVisible({ timeout: 15_000 });
  network.comesBack();
  await yourTurn(page);
  await expect(question(page)).toHaveText(next);
  await answerAloud(page, SPOKEN.team);
  await expect(question(page)).not.toHaveText(next);
  // To the line that it had.
  expect(opened.at(-1)).not.toBeNull();
});

test('a server that dies in the middle of an answer asks the same question again', async ({
  page,
  speaking,
}) => {
  await goToSpoken(page, 2);
  await goIn(page);
  const asked = (await question(page).textContent()) ?? '';
  await say(page, SPOKEN.half);
  await speaking.server.kill();
  await expect(panel(page).getByText('Connection lost, reconnecting')).toBeVisible({ timeout: 15_000 });
  await expectSound(page);
  await speaking.server.start();
  await yourTurn(page);
  await expect(question(page)).toHaveText(asked);
  await answerAloud(page, SPOKEN.bookings);
  await expect(ownWords(page).last()).toContainText('nobody lost a ticket');
  await expect(question(page)).not.toHaveText(asked);
});

test('one tab speaks at a time, and types whenever it likes', async ({ page, context }) => {
  await goToSpoken(page, 3);
  await goIn(page);
  const other = await context.newPage();
  await giveMicrophone(other);
  await other.goto(page.url());
  await turnOn(other);
  const elsewhere = 'You speak in another tab';
  await expect(other.getByRole('heading', { name: elsewhere })).toBeVisible();
  await expectSound(other);
  await other.getByRole('button', { name: 'Speak here instead' }).click();
  await yourTurn(other);
  await expect(page.getByRole('heading', { name: elsewhere })).toBeVisible();

  // What is typed is no turn of the voice; the next question is spoken again.
  await other.getByRole('button', { name: 'Type instead' }).click();
  await answer(other, SPOKEN.team);
  await other.getByRole('button', { name: 'Speak instead' }).click();
  await yourTurn(other);
  await answerAloud(other, SPOKEN.search);
  await expect(ownWords(other)).toHaveCount(1);
});

test('an interviewer who cannot be heard is read, and one who cannot hear is written to', async ({ browser }) => {
  const own = await SpokenServer.start(Object.values(SPOKEN), {
    GREENROOM__SPEECH__TO_SPEECH__ENGINES__QUICK__COMMAND: '["false"]',
  });
  const context = await browser.newContext({ baseURL: own.network.url });
  const page = await context.newPage();
  await giveMicrophone(page);
  await goToSpoken(page, 3);
  await goIn(page);
  await expect(panel(page).getByText('cannot be heard at the moment; read the question')).toBeVisible();
  await expectSound(page);
  await answerAloud(page, SPOKEN.bookings);
  await yourTurn(page);

  const asked = (await question(page).textContent()) ?? '';
  await own.goesDeaf();
  await say(page, SPOKEN.search);
  await expect(panel(page).getByText('The engine “sphinx” has failed.')).toBeVisible({ timeout: 30_000 });
  await expect(question(page)).toHaveText(asked);
  await expectSound(page);
  await page.getByRole('button', { name: 'Type instead' }).click();
  await answer(page, SPOKEN.search);
  await context.close();
  await own.stop();
});
