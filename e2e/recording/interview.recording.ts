import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { decidedIn, TELLS } from '../bench/decided.ts';
import { seenIn } from '../bench/figures.ts';
import { probe } from '../bench/probe.ts';
import { say } from '../spoken/microphone.ts';
import { SpokenServer } from '../spoken/server.ts';
import { test as spoken } from '../spoken/test.ts';
import { isOver, prepareSpoken, SPOKEN, turnOn, yourTurn } from '../spoken/visit.ts';
import { question } from '../visit.ts';
import { type Recorded, timeline } from './timeline.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const AUDIO = at('docs/audio/spoken-interview.ogg');
const DRAWING = at('docs/images/spoken-interview.svg');
/** What tools/listen.py reads. */
const OUT = at('target/recording');

/** The answer that is begun while the interviewer still asks. */
const CUTS_IN = 2;
/** How long the interviewer speaks without a pause before that. */
const CUTS_IN_AFTER_MS = 2_000;

/** The interviewer speaks at its own pace here: it is listened to. */
const test = spoken.extend<object, { speaking: SpokenServer }>({
  speaking: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const settings = { ...TELLS, GREENROOM__SPEECH__TO_SPEECH__ORDER: '["espeak"]' };
      const speaking = await SpokenServer.start(Object.values(SPOKEN), settings);
      await use(speaking);
      await speaking.stop();
    },
    { scope: 'worker' },
  ],
});

/** In the set-up, to the room. */
async function start(page: Page): Promise<void> {
  await prepareSpoken(page, 2);
  await page.getByRole('checkbox', { name: /Record what is said/ }).click();
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await turnOn(page);
}

test('a whole interview, as it sounds', async ({ page, speaking }) => {
  const marks = await probe(page);
  await start(page);
  const soundingMs = async () => {
    const last = (await marks()).findLast(({ what }) => what === 'sounds' || what === 'silent');
    return last?.what === 'sounds' ? Date.now() - last.at : 0;
  };
  const answers = [SPOKEN.bookings, SPOKEN.search, SPOKEN.team, SPOKEN.numbers];
  await yourTurn(page);
  for (const [index, words] of answers.entries()) {
    const asked = (await question(page).textContent()) ?? '';
    await say(page, words);
    await expect(question(page)).not.toHaveText(asked, { timeout: 20_000 });
    if (await isOver(page)) break;
    if (index + 1 === CUTS_IN) await expect.poll(soundingMs, { timeout: 20_000, intervals: [50] }).toBeGreaterThan(CUTS_IN_AFTER_MS);
    else await yourTurn(page);
  }
  const listen = page.getByRole('region', { name: 'Listen again' });
  const file = page.waitForEvent('download', { timeout: 90_000 });
  await listen.getByRole('button', { name: 'Download', exact: true }).click({ timeout: 90_000 });
  await mkdir(at('docs/audio'), { recursive: true });
  await (await file).saveAs(AUDIO);

  const of = `/api/sessions/${page.url().split('/').at(-1)}`;
  await mkdir(OUT, { recursive: true });
  for (const track of ['candidate', 'interviewer']) {
    const side = await page.request.get(`${of}/recording?track=${track}`);
    await writeFile(`${OUT}/${track}.ogg`, await side.body());
  }
  const peaks = (await (await page.request.get(`${of}/recording/peaks?width=1000`)).json()) as Recorded;
  const report = await (await page.request.get(`${of}/report`)).json();
  const seen = seenIn([...(await marks()), ...decidedIn(speaking.server.said)]);
  expect(seen.turns.length).toBeGreaterThanOrEqual(3);
  await writeFile(DRAWING, timeline(peaks, seen));
  await writeFile(`${OUT}/interview.json`, JSON.stringify({ said: answers, seen, peaks, report }));
});
