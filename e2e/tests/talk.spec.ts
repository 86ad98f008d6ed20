import { expect } from '@playwright/test';
import { say } from '../spoken/microphone.ts';
import { Talker } from '../spoken/talker.ts';
import { testWith } from '../spoken/test.ts';
import { answerAloud, isOver, ownWords, panel, prepareSpoken, SPOKEN, yourTurn } from '../spoken/visit.ts';
import { expectSound, question } from '../visit.ts';

const test = testWith(Talker.start, (url) => ({
  GREENROOM__SPEECH__REALTIME__ORDER: '["lab"]',
  GREENROOM__SPEECH__REALTIME__ENGINES__LAB__BASE_URL: url,
  GREENROOM__SPEECH__REALTIME__ENGINES__LAB__MODEL: 'played',
  GREENROOM__SPEECH__REALTIME__ENGINES__LAB__TRANSCRIBER: 'played',
}));

test('one model hears and speaks as in a talk, and when it hangs up the interview goes on', async ({ page, vendor: talker }) => {
  test.setTimeout(150_000);
  await prepareSpoken(page, 1);
  await page.getByRole('radio', { name: /As in a talk/ }).check();
  await page.getByRole('button', { name: 'Try the microphone' }).click();
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await yourTurn(page);

  // What is asked is ours, in whatever words it is said.
  const first = (await question(page).textContent()) ?? '';
  expect(talker.said[0]).toContain(first);
  talker.expect(SPOKEN.bookings);
  await answerAloud(page, SPOKEN.bookings);
  await expect(ownWords(page).first()).toContainText('bookings of a ferry line');
  await yourTurn(page);
  expect(talker.said[1]).toMatch(/^I see\. /);
  await expect(page.getByRole('list', { name: 'Captions' })).toContainText('I see.');
  await expectSound(page);

  talker.hangUp();
  for (const words of [SPOKEN.search, SPOKEN.team, SPOKEN.numbers]) {
    const asked = (await question(page).textContent()) ?? '';
    await say(page, words);
    await expect(question(page)).not.toHaveText(asked, { timeout: 15_000 });
    if (await isOver(page)) break;
    await expect(panel(page)).toContainText('The model that heard you and spoke has failed');
    await yourTurn(page);
  }
  await expect(page.getByRole('heading', { name: 'Question by question' })).toBeVisible({ timeout: 20_000 });
  const answers = page.getByRole('article');
  await expect(answers.first()).toContainText('nobody lost a ticket');
  await expect(answers.filter({ hasText: 'read the plan and added an index' })).toHaveCount(1);
});
