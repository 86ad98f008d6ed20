import { expect } from '@playwright/test';
import { Listener } from '../spoken/listener.ts';
import { testWith } from '../spoken/test.ts';
import { answerAloud, ownWords, prepareSpoken, SPOKEN, yourTurn } from '../spoken/visit.ts';
import { expectSound, question } from '../visit.ts';

const test = testWith(Listener.start, (url) => ({
  GREENROOM__SPEECH__TO_TEXT__ORDER: '["lab"]',
  GREENROOM__SPEECH__TO_TEXT__ENGINES__LAB__PROTOCOL: 'deepgram',
  GREENROOM__SPEECH__TO_TEXT__ENGINES__LAB__BASE_URL: url,
  GREENROOM__SPEECH__TO_TEXT__ENGINES__LAB__MODEL: 'played',
}));

const OWN = ['I moved the bookings of a ferry line to a new machine', 'and nobody lost a ticket'];

test('what somebody else in the room says is left out of an answer, and put back', async ({ page, vendor: listener }) => {
  test.setTimeout(120_000);
  await prepareSpoken(page, 3);
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await page.getByRole('button', { name: 'Turn on the microphone' }).click();
  await yourTurn(page);

  // One's own voice is known after some seconds of it.
  const first = `${SPOKEN.bookings} and ${SPOKEN.search} and ${SPOKEN.numbers}`;
  listener.expect(first);
  await answerAloud(page, first);
  await yourTurn(page);
  await expect(page.getByText(/as if somebody else said/)).toHaveCount(0);
  const asked = (await question(page).textContent()) ?? '';

  const all = [OWN[0], 'coffee anybody', OWN[1]].join(' ');
  listener.expect(all, 'coffee anybody');
  await answerAloud(page, all);
  expect(listener.asked[0]).toContain('diarize=true');
  const own = ownWords(page).nth(1);
  await expect(own).toContainText('coffee anybody');
  await expect(own.getByText(/as if somebody else said/)).toContainText('coffee anybody');
  await expectSound(page);
  await expect(question(page)).not.toHaveText(asked);

  await own.getByRole('button', { name: 'Leave it out' }).click();
  await expect(own.getByText(OWN.join(' '))).toBeVisible();
  await expect(own.getByText(/as if somebody else/)).toHaveCount(0);
  await own.getByRole('button', { name: 'Put it back' }).click();
  await expect(own.getByText(all)).toBeVisible();
  await own.getByRole('button', { name: 'Leave it out' }).click();
  await expect(own.getByText(OWN.join(' '))).toBeVisible();
  await expectSound(page);

  // What is judged is what was left.
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End and see the report' }).click();
  const answer = page.getByRole('article').nth(1);
  await expect(answer).toContainText(OWN.join(' '));
  await expect(answer).not.toContainText('coffee');
});
