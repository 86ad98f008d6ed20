import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { say } from './microphone.ts';

/** What candidates say in these journeys; words that the recogniser knows. */
export const SPOKEN = {
  trial: 'Good morning I am ready when you are',
  bookings: 'I moved the bookings of a ferry line to a new machine and nobody lost a ticket',
  search: 'The search was slow so I read the plan and added an index and then it took a tenth of a second',
  team: 'I asked the team what they feared and we tried it on a copy before we changed anything',
  numbers: 'I would watch the numbers for a week and then tell the others what I had learned',
  half: 'I looked at the numbers first and then',
};

export const panel = (page: Page) => page.getByRole('region', { name: 'Your answer, spoken' });
export const yourTurn = (page: Page) =>
  expect(panel(page).getByText('Your turn', { exact: true })).toBeVisible({ timeout: 30_000 });
/** The candidate's lines among the captions. */
export const ownWords = (page: Page) =>
  page
    .getByRole('list', { name: 'Captions' })
    .getByRole('listitem')
    .filter({ has: page.getByText('You', { exact: true }) });

/** Makes a spoken interview as a guest, and goes to it. */
export async function goToSpoken(page: Page, questions: number): Promise<void> {
  const post = async (path: string, data: object) => {
    const headers = { 'x-greenroom-client': 'web', 'idempotency-key': randomUUID() };
    const response = await page.request.post(path, { headers, data });
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as { id: string };
  };
  await post('/api/users/guest', {});
  const config = await post('/api/configs', {
    title: 'Backend Engineer',
    job_description: 'Backend Engineer. You build REST APIs. Experience with SQL is required.',
    interview_type: ['behavioral'],
    difficulty: 'intermediate',
    duration: 15,
    question_count: questions,
  });
  const { id } = await post('/api/sessions', { config_id: config.id, channel: 'voice' });
  await page.goto(`/interview/${id}`);
}

/** The set-up of a spoken interview by the sample, as somebody without papers fills it in. */
export async function prepareSpoken(page: Page, questions: number): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try with a sample' }).click();
  await page.getByLabel(/Number of questions/).fill(String(questions));
  await page.getByRole('radio', { name: /Speak/ }).check();
}

export const turnOn = (page: Page) => page.getByRole('button', { name: 'Turn on the microphone' }).click();

/** Goes into the room, and waits for the word. */
export async function goIn(page: Page): Promise<void> {
  await turnOn(page);
  await yourTurn(page);
}

/** Whether the interview has ended: the last words may still sound. */
export async function isOver(page: Page): Promise<boolean> {
  const closing = page.getByRole('heading', { name: 'That was the interview' });
  return (await closing.isVisible()) || page.url().includes('/report/');
}

/** Answers aloud, and waits until the answer stands among the captions; `last` is a word of its end. */
export async function answerAloud(page: Page, text: string): Promise<void> {
  const taken = page.getByRole('button', { name: 'Misheard? Put it right' });
  const before = await taken.count();
  await say(page, text);
  await expect(taken).toHaveCount(before + 1, { timeout: 15_000 });
}
