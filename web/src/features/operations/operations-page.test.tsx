import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { serveAccount } from '@/testing/account';
import { deadJob, serveOperations } from '@/testing/operations';
import { GUEST, ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { OperationsPage } from './operations-page';

const open = () => renderPage(OperationsPage, '/operations');
const section = (name: string) => within(screen.getByRole('region', { name }));

it('asks whoever is not signed in to do so', async () => {
  serveAccount(null);
  open();
  expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute(
    'href',
    '/login?next=%2Foperations',
  );
});

it.each([
  ['a guest', GUEST],
  ['somebody with an account', ROBIN],
])('tells %s whom it is for, and asks the server for nothing', async (_, who) => {
  serveAccount(who);
  open();
  expect(await screen.findByText(/This is for administrators/)).toBeVisible();
  expect(screen.queryByRole('region', { name: 'What it needs' })).toBeNull();
});

it('says that all is well, and that there is nothing to do', async () => {
  serveOperations();
  open();
  expect(await screen.findByText('Everything answers.')).toBeVisible();
  expect(section('Background work').getByText('Nothing waits, and nothing was given up.')).toBeVisible();
  expect(await screen.findByText('No work was given up.')).toBeVisible();
  expect(section('Language models').getByText(/of \$5.00, 24%/)).toBeVisible();
  expect(section('This node').getByText('PostgreSQL')).toBeVisible();
  expect(section('This node').getByText('30 GB of 100 GB free (30%)')).toBeVisible();
});

it('names what does not answer, and whether that matters', async () => {
  serveOperations({
    dependencies: [
      { name: 'database', problem: 'does not answer', is_vital: true, latency_ms: 2000 },
      { name: 'redis', problem: 'does not answer', is_vital: false, latency_ms: 500 },
    ],
  });
  open();
  expect(await screen.findByText('2 of 2 have a problem.')).toBeVisible();
  const [database, redis] = section('What it needs').getAllByRole('listitem');
  expect(database).toHaveTextContent('Database: does not answer');
  expect(database).not.toHaveTextContent('goes on');
  expect(redis).toHaveTextContent('everything else goes on');
});

it('shows the queue, the providers and what they cost', async () => {
  serveOperations({
    work: [{ kind: 'evaluate_answer', waiting: 3, running: 1, dead: 2, due_since: '2020-01-01T00:00:00Z' }],
    providers: [{ name: 'openai', answered: 9, failed: 1, last_outcome: 'timed_out', last_seconds_ago: 4 }],
    days: [{ day: '2026-05-04', provider: 'openai', micros: 2_500_000, unpriced_calls: 1 }],
  });
  open();
  const row = within(await screen.findByRole('row', { name: /Evaluate answer/ }));
  expect(row.getAllByRole('cell').map((cell) => cell.textContent)).toEqual([
    '3',
    '1',
    '2',
    expect.stringMatching(/ d$/),
  ]);
  expect(screen.getByText(/9 replies, 1 failure since this node was started/)).toBeVisible();
  expect(screen.getByText('last: timed out')).toBeVisible();
  expect(screen.getByRole('row', { name: /openai \$2.50 and 1 call without a price/ })).toBeVisible();
});

it('says how engines of speech do', async () => {
  serveOperations({
    speech: [
      {
        task: 'hears',
        name: 'openai',
        is_left_alone: true,
        answered: 4,
        failed: 5,
        last_outcome: 'unauthenticated',
        last_seconds_ago: 3,
        micros: 12_000,
        unpriced_calls: 0,
      },
      {
        task: 'speaks',
        name: 'espeak',
        is_left_alone: false,
        answered: 0,
        failed: 0,
        last_outcome: null,
        last_seconds_ago: null,
        micros: 0,
        unpriced_calls: 0,
      },
    ],
  });
  open();
  await screen.findByText('Everything answers.');
  const [openai, espeak] = section('Engines of speech').getAllByRole('listitem');
  expect(openai).toHaveTextContent(/openai hears: 4 answers, 5 failures, \$0.01/);
  expect(openai).toHaveTextContent('left alone until it answers a probe');
  expect(openai).toHaveTextContent('last: unauthenticated');
  expect(espeak).toHaveTextContent('espeak speaks: not asked since this node was started');
});

it('says how long people wait in spoken interviews', async () => {
  const played = { stage: 'first_played', turns: 3, p50_ms: 900, p95_ms: 1400 };
  serveOperations({}, [], {
    hours: 6,
    all: { count: 3, stages: [played] },
    engines: [
      { engine: 'openai', turns: { count: 2, stages: [{ ...played, turns: 2 }] } },
      { engine: null, turns: { count: 1, stages: [{ ...played, turns: 1, p95_ms: 700 }] } },
    ],
  });
  open();
  expect(await screen.findByRole('row', { name: 'First sound heard All 3 900 ms 1400 ms' })).toBeVisible();
  expect(screen.getByRole('row', { name: 'First sound heard no engine 1 900 ms 700 ms' })).toBeVisible();
});

it('says that nobody has spoken', async () => {
  serveOperations();
  open();
  expect(await screen.findByText('Nobody has spoken in this time.')).toBeVisible();
});

it('tries given-up work again', async () => {
  const sent = serveOperations({}, [deadJob('one'), deadJob('two', { kind: 'ask_next_question' })]);
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Try it again Ask next question' }));
  expect(await screen.findByText('Ask next question is queued again.')).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Ask next question' })).toBeNull());
  expect(screen.getByRole('heading', { name: 'Given up' })).toHaveFocus();
  expect(screen.getByText('it took too long')).toBeVisible();
  expect(sent).toEqual(['retry two']);
});

it('forgets given-up work only after it has asked', async () => {
  const sent = serveOperations({}, [deadJob('one')]);
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Forget it Evaluate answer' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Forget this work?' }));
  await user.click(dialog.getByRole('button', { name: 'Cancel' }));
  expect(sent).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Forget it Evaluate answer' }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Forget it' }));
  expect(await screen.findByText('Evaluate answer is forgotten.')).toBeVisible();
  expect(sent).toEqual(['drop one']);
});

it('says so when somebody else was faster', async () => {
  serveOperations({}, [deadJob('one')]);
  server.use(
    http.post('/api/admin/jobs/:id/retry', () => refusal(404, 'job_not_found', 'There is no such work.')),
  );
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Try it again Evaluate answer' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('There is no such work.');
});

it('tries again after the server was away', async () => {
  serveOperations();
  server.use(http.get('/api/admin/status', () => HttpResponse.error(), { once: true }));
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Everything answers.')).toBeVisible();
});
