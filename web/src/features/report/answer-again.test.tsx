import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { keepDraft, readDraft } from '@/lib/drafts';
import { submission } from '@/testing/interview';
import { renderPage } from '@/testing/render-page';
import { criterion, entry, evaluation, report, serveReport } from '@/testing/report';
import { refusal, server } from '@/testing/server';
import { ReportPage } from './report-page';

const open = () => renderPage(ReportPage, '/report/one', '/report/:id');
const answer = async () => within(await screen.findByRole('article', { name: 'What did you lead?' }));
const box = () => screen.getByLabelText('Your new answer');
const FIRST = evaluation([criterion('Focus', { score: 5 })], { overall: { score: 5, coverage: 1 } });

/** Takes another answer to the question and judges it with 8. */
function serve() {
  const shown = serveReport(report([entry('I led five.', { evaluation: FIRST })]));
  const sent: { question_id: string; content: string; key: string | null }[] = [];
  server.use(
    http.post('/api/sessions/one/retries', async ({ request }) => {
      const body = (await request.json()) as { question_id: string; content: string };
      sent.push({ ...body, key: request.headers.get('idempotency-key') });
      const response = { ...submission('r2', 'q1', body.content), attempt: 2 };
      const judged = evaluation([criterion('Focus', { score: 8 })], { overall: { score: 8, coverage: 1 } });
      const retries = [{ response, evaluation: judged }];
      shown.become(report([entry('I led five.', { evaluation: FIRST, retries })]));
      return HttpResponse.json({ response, evaluation: judged }, { status: 201 });
    }),
  );
  return sent;
}

it('judges another answer beside the first', async () => {
  const sent = serve();
  const { user } = open();
  const article = await answer();
  await user.click(article.getByRole('button', { name: 'Answer it again' }));
  expect(box()).toHaveFocus();
  await user.type(box(), 'I led nine people for a year.');
  expect(screen.getByText('7 words')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Judge this answer' }));
  expect(await article.findByRole('button', { name: 'Try 2 · 8.0', pressed: true })).toBeVisible();
  expect(article.getByText('I led nine people for a year.')).toBeVisible();
  expect(article.getByRole('button', { name: /^Focus/ })).toHaveTextContent('5.0 → 8.0');
  expect(article.getByRole('button', { name: 'First answer · 5.0' })).toBeVisible();
  expect(article.getByRole('button', { name: 'Answer it again' })).toBeVisible();
  expect(sent.map(({ question_id, content }) => [question_id, content])).toEqual([
    ['q1', 'I led nine people for a year.'],
  ]);
  expect(readDraft('q1')).toBe('');
});

it('sends nothing empty', async () => {
  const sent = serve();
  const { user } = open();
  await user.click((await answer()).getByRole('button', { name: 'Answer it again' }));
  await user.click(screen.getByRole('button', { name: 'Judge this answer' }));
  expect(box()).toHaveAccessibleDescription(/Write an answer first\./);
  expect(sent).toEqual([]);
});

it('repeats a failed one under the same key, and another text under another', async () => {
  const sent = serve();
  const keys: (string | null)[] = [];
  server.use(
    http.post('/api/sessions/one/retries', ({ request }) => {
      keys.push(request.headers.get('idempotency-key'));
      return keys.length < 3 ? HttpResponse.error() : undefined;
    }),
  );
  const { user } = open();
  await user.click((await answer()).getByRole('button', { name: 'Answer it again' }));
  const judge = () => user.click(screen.getByRole('button', { name: 'Judge this answer' }));
  await user.type(box(), 'I led nine');
  await judge();
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  await judge();
  await waitFor(() => expect(keys).toHaveLength(2));
  await screen.findByRole('alert');
  await user.type(box(), ' people');
  await judge();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

it('keeps what is being written over a reload, and what another tab left behind', async () => {
  serve();
  const { user } = open();
  await user.click((await answer()).getByRole('button', { name: 'Answer it again' }));
  await user.type(box(), 'I led nine');
  cleanup();
  const again = open();
  await answer();
  expect(box()).toHaveValue('I led nine');
  await again.user.click(screen.getByRole('button', { name: 'Not now' }));
  expect(screen.queryByLabelText('Your new answer')).toBeNull();

  cleanup();
  keepDraft('q1', 'Written in the room');
  open();
  await answer();
  expect(box()).toHaveValue('Written in the room');
});

it('says why an answer is refused, and keeps it', async () => {
  serve();
  const message = 'The interview still goes on.';
  server.use(http.post('/api/sessions/one/retries', () => refusal(409, 'wrong_status', message)));
  const { user } = open();
  await user.click((await answer()).getByRole('button', { name: 'Answer it again' }));
  await user.type(box(), 'I led nine{Control>}{Enter}{/Control}');
  expect(await screen.findByRole('alert')).toHaveTextContent('The interview still goes on.');
  expect(box()).toHaveValue('I led nine');
  expect(readDraft('q1')).toBe('I led nine');
});

it('shows a stronger version, advice and a full answer, where there are any', async () => {
  const feedback = {
    detailed_feedback: 'Say the result first.',
    strengths: [],
    areas_for_improvement: ['Name the number.'],
    sample_answer: 'I led five people and cut costs by [how much].',
    tips: ['Begin with the end.'],
    resources: ['The STAR form'],
  };
  serveReport(report([entry('I led.', { feedback, reference: 'A leader names a result.' })]));
  const { user } = open();
  const article = await answer();
  expect(article.getByText(/cut costs by \[how much\]/)).toBeVisible();
  expect(article.getByText('Begin with the end.')).not.toBeVisible();
  await user.click(article.getByText('Advice for the next try'));
  for (const advice of ['Name the number.', 'Begin with the end.', 'The STAR form']) {
    expect(article.getByText(advice)).toBeVisible();
  }
  expect(article.getByText('A leader names a result.')).not.toBeVisible();
  await user.click(article.getByText('An answer that would get full marks'));
  expect(article.getByText('A leader names a result.')).toBeVisible();
});
