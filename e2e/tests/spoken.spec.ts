import { expect, type Page } from '@playwright/test';
import { say } from '../spoken/microphone.ts';
import { test } from '../spoken/test.ts';
import { answerAloud, isOver, ownWords, prepareSpoken, SPOKEN, yourTurn } from '../spoken/visit.ts';
import { expectSound, question } from '../visit.ts';

/** Ways for the sound that a page has opened. */
function ways(page: Page) {
  const opened: string[] = [];
  page.on('request', (request) => request.url().endsWith('/voice/offer') && opened.push('webrtc'));
  page.on('websocket', (socket) => socket.url().endsWith('/voice/socket') && opened.push('websocket'));
  return opened;
}

/** What screen readers were told, in order, and whether the last words sounded where the interview was over. */
type Told = { said: string[]; isClosedAloud: boolean };

/** Notes while the page lives what may be over when somebody looks. */
async function told(page: Page): Promise<() => Promise<Told>> {
  await page.addInitScript(() => {
    const told: Told = { said: [], isClosedAloud: false };
    (window as Window & { greenroomTold?: Told }).greenroomTold = told;
    const look = () => {
      const isOver = document.querySelector('h1')?.textContent === 'That was the interview';
      const panel = document.querySelector('[aria-label="Your answer, spoken"]')?.textContent ?? '';
      if (isOver && panel.includes('The interviewer is speaking')) told.isClosedAloud = true;
      for (const node of Array.from(document.querySelectorAll<HTMLElement>('[role=status]'))) {
        const text = node.textContent?.trim() ?? '';
        if (text !== '' && text !== node.dataset.told) told.said.push(text);
        node.dataset.told = text;
      }
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () =>
    page.evaluate(
      () => (window as Window & { greenroomTold?: Told }).greenroomTold ?? { said: [], isClosedAloud: false },
    );
}

test('a whole interview is spoken, from the trial of the microphone to the report', async ({
  page,
  network,
}, info) => {
  test.setTimeout(150_000);
  // The small screen is on a network that lets no datagram through.
  const isSmall = info.project.name === 'phone';
  network.takesDatagrams = !isSmall;
  const opened = ways(page);
  const announced = await told(page);

  await prepareSpoken(page, 1);
  const record = page.getByRole('checkbox', { name: /Record what is said/ });
  await record.click();
  await expect(record).toBeChecked();
  await page.getByRole('button', { name: 'Try the microphone' }).click();
  await page.getByRole('button', { name: 'Say a sentence' }).click();
  await say(page, SPOKEN.trial);
  await page.getByRole('button', { name: 'That was it' }).click();
  await expect(page.getByText('good morning i am ready')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('This works. You can start.')).toBeVisible();
  await expectSound(page);
  await page.getByRole('button', { name: 'Start the interview' }).click();

  await yourTurn(page);
  await expect(page.getByText('Being recorded')).toBeVisible();
  await expectSound(page);
  const first = (await question(page).textContent()) ?? '';
  await answerAloud(page, SPOKEN.bookings);
  const own = ownWords(page).first();
  await expect(own).toContainText('bookings of a ferry line');
  await expect(question(page)).not.toHaveText(first);

  // Put right before it is judged.
  await own.getByRole('button', { name: 'Misheard? Put it right' }).click();
  await page
    .getByLabel('What you said')
    .fill('I moved the bookings of a ferry line to PostgreSQL, and nobody lost a ticket.');
  await page.getByRole('button', { name: 'Keep this' }).click();
  await expect(own).toContainText('PostgreSQL');

  await yourTurn(page);
  await expectSound(page);
  // The interviewer may ask further before it is over.
  for (const words of [SPOKEN.search, SPOKEN.team, SPOKEN.numbers]) {
    const asked = (await question(page).textContent()) ?? '';
    await say(page, words);
    await expect(question(page)).not.toHaveText(asked, { timeout: 15_000 });
    if (await isOver(page)) break;
    await yourTurn(page);
  }
  // After the last words.
  await expect(page.getByRole('heading', { name: 'Question by question' })).toBeVisible({ timeout: 30_000 });
  expect((await announced()).isClosedAloud, 'the last words sound').toBe(true);
  const answers = page.getByRole('article');
  await expect(answers.first()).toContainText('PostgreSQL');
  await expect(answers.filter({ hasText: 'read the plan and added an index' })).toHaveCount(1);
  // Judged like any other, once nobody can correct it any more.
  await expect(answers.first().getByRole('button', { name: /Clarity/ })).toBeVisible({ timeout: 40_000 });

  // What was recorded is heard from where it was said.
  await answers.first().getByRole('button', { name: /^Hear it .*your answer/ }).click();
  await expect(answers.first().getByRole('button', { name: /^Pause .*your answer/ })).toBeVisible();
  const place = page.getByRole('slider', { name: 'Place in the recording' });
  await expect(place).toHaveAttribute('aria-valuetext', /your answer to question 1/);
  await expect(page.getByRole('heading', { name: 'How you sounded' })).toBeVisible();
  await expectSound(page);

  // On a machine that is busy, frames are held up as by a line that loses, and a second socket may stand beside the first.
  expect(opened.slice(0, 2)).toEqual(isSmall ? ['webrtc', 'websocket'] : ['webrtc']);
  expect(opened.slice(2).filter((way) => way !== 'websocket')).toEqual([]);
  expect((await announced()).said.filter((text) => text === 'Your turn.').length).toBeGreaterThanOrEqual(2);
});
