import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { GUEST, session } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { entry, report, serveReport } from '@/testing/report';
import { refusal, server } from '@/testing/server';
import { ReportPage } from './report-page';

const open = () => renderPage(ReportPage, '/report/one', '/report/:id');
const heading = (name: string) => screen.findByRole('heading', { name });

it('begins with the mark and how much it rests on', async () => {
  serveReport(report([entry('I led.')]));
  open();
  expect(await heading('Backend Engineer')).toBeVisible();
  expect(
    screen.getByText('From 80% of what the rubric looks at; 1 of 2 areas not assessed yet.'),
  ).toBeVisible();
  expect(
    screen.getByText(
      /built-in engines \(greenroom-interviewer 0\.1\.0, greenroom-builtin 0\.1\.0\), no language model/,
    ),
  ).toBeVisible();
  const bar = (name: string) => screen.getByText(name).closest('li');
  expect(bar('Ownership')).toHaveTextContent('6.7 1 answer');
  expect(bar('Teamwork')).toHaveTextContent('Not assessed');
  expect(bar('Teamwork')).not.toHaveTextContent('0.0');
});

it('shows no total in place of a low one when too little was assessed', async () => {
  serveReport(report([entry('I led.')], { overall: { score: null, coverage: 0.1 } }));
  open();
  expect(await screen.findByText('No total yet')).toBeVisible();
  expect(screen.getByText(/^1 of 2 areas not assessed yet\. A total from so little/)).toBeVisible();
});

it('names a model when one has judged', async () => {
  const model = { kind: 'llm' as const, name: 'small-model', version: '2' };
  serveReport(report([entry('I led.')], { engines: [model] }));
  open();
  expect(await screen.findByText(/^Asked and judged by small-model 2\./)).toBeVisible();
  expect(screen.queryByText(/no language model/)).toBeNull();
});

it('says what its judge showed on the ladder', async () => {
  const scorer = { kind: 'builtin' as const, name: 'scorer', version: '0.1' };
  serveReport(report([entry('I led.')], { judges: [{ engine: scorer, ladder: null }] }));
  open();
  expect(await screen.findByText('scorer was not tried on the ladder yet.')).toBeVisible();
});

it('says what a mark of the built-in scorer is worth in another language', async () => {
  const builtin = { kind: 'builtin' as const, name: 'greenroom-builtin', version: '0.1' };
  const given = report([entry('Ich habe geführt.')], { judges: [{ engine: builtin, ladder: null }] });
  serveReport({ ...given, session: { ...given.session, language: 'de' } });
  open();
  expect(await screen.findByText(/agree with people was measured in English only/)).toBeVisible();
});

it('shows one thing to keep and one to fix, in the person’s own words', async () => {
  const keep = {
    question_id: 'q1',
    criterion: 'evidence',
    label: 'Evidence',
    reason: 'A number makes it real.',
    advice: null,
    quote: { text: '900 to 280 ms', start: 0, end: 13 },
  };
  const fix = {
    ...keep,
    label: 'Focus',
    reason: 'It wanders.',
    advice: 'Say the result first.',
    quote: null,
  };
  serveReport(report([entry('900 to 280 ms')], { keep, fix }));
  open();
  const card = async (name: string) => within((await heading(name)).closest('section') as HTMLElement);
  expect((await card('Keep this')).getByText('900 to 280 ms')).toBeVisible();
  expect((await card('Keep this')).getByRole('link')).toHaveAttribute('href', '#answer-q1');
  expect((await card('Fix this first')).getByText('Say the result first.')).toBeVisible();
});

it('shows what the job asks for, and where that was not shown', async () => {
  const job_coverage = [
    {
      requirement: 'Rust',
      required: true,
      resume_line: '- Wrote Rust',
      answer_quote: null,
      question_id: null,
    },
    {
      requirement: 'SQL',
      required: false,
      resume_line: null,
      answer_quote: 'I tuned SQL',
      question_id: 'q1',
    },
  ];
  serveReport(report([entry('I tuned SQL')], { job_coverage }));
  open();
  await heading('What the job asks for');
  const row = (name: string) => screen.getByText(name).closest('li');
  expect(row('Rust')).toHaveTextContent(/Resume: Wrote Rust.*Answers: not shown yet/);
  expect(row('SQL')).toHaveTextContent(/an advantage.*Resume: not shown yet.*Answers: I tuned SQL/);
});

it('counts what was shown, and folds up a long list of requirements', async () => {
  const asked = (number: number) => ({
    requirement: `Skill ${number}`,
    required: true,
    resume_line: number < 5 ? 'Wrote it' : null,
    answer_quote: null,
    question_id: null,
  });
  const job_coverage = Array.from({ length: 60 }, (_, number) => asked(number));
  serveReport(report([entry('I led.')], { job_coverage }));
  open();
  await heading('What the job asks for');
  expect(screen.getByText(/5 of 60 stand in your resume/)).toBeVisible();
  expect(screen.getByText('Skill 11')).toBeVisible();
  expect(screen.getByText('Skill 12')).not.toBeVisible();
  await userEvent.click(screen.getByText('48 more'));
  expect(screen.getByText('Skill 59')).toBeVisible();
});

it('leads back into an interview that still goes on', async () => {
  serveReport(report([entry('I led.')], { session: session('one', { status: 'paused' }) }));
  open();
  expect(await screen.findByRole('link', { name: 'Go back to the room' })).toHaveAttribute(
    'href',
    '/interview/one',
  );
});

it('holds nothing against somebody who answered nothing', async () => {
  serveReport(report([entry(null)], { overall: { score: null, coverage: 0 } }));
  open();
  expect(await screen.findByText(/No answer was sent.*no mark against you/)).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'By competency' })).toBeNull();
});

it('tells a guest when it goes away, and how to keep it', async () => {
  serveReport(report([entry('I led.')]), GUEST);
  open();
  expect(await screen.findByText(/this report is deleted on .*2026/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Keep it' })).toHaveAttribute('href', '/account');
});

it('says that a report is not here', async () => {
  serveReport(report([]));
  server.use(http.get('/api/sessions/one/report', () => refusal(404, 'not_found', 'No such interview.')));
  open();
  expect(await heading('This report is not here')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

it('tries again after the server was away', async () => {
  serveReport(report([entry('I led.')]));
  server.use(http.get('/api/sessions/one/report', () => HttpResponse.error(), { once: true }));
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await heading('Backend Engineer')).toBeVisible();
});

it('deletes after asking, and goes to the list', async () => {
  serveReport(report([entry('I led.')]));
  let deleted = 0;
  server.use(
    http.delete('/api/sessions/one', () => {
      deleted += 1;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user, address } = open();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(screen.getByRole('dialog', { name: 'Delete this interview?' })).toHaveTextContent(
    'cannot be undone',
  );
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(deleted).toBe(0);
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  await user.click(screen.getByRole('button', { name: 'Delete it' }));
  await waitFor(() => expect(address()).toBe('/history'));
  expect(deleted).toBe(1);
});

it('takes an interview that another tab has deleted for deleted', async () => {
  serveReport(report([entry('I led.')]));
  server.use(http.delete('/api/sessions/one', () => refusal(404, 'not_found', 'No such interview.')));
  const { user, address } = open();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await user.click(screen.getByRole('button', { name: 'Delete it' }));
  await waitFor(() => expect(address()).toBe('/history'));
});

it('says why deleting or a download did not work', async () => {
  serveReport(report([entry('I led.')]));
  server.use(http.delete('/api/sessions/one', () => refusal(503, 'storage_unavailable', 'It is away.')));
  const { user, address } = open();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await user.click(screen.getByRole('button', { name: 'Delete it' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('It is away.');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(address()).toBe('/report/one');
  server.use(http.get('/api/sessions/one/report', () => refusal(500, 'internal', 'The PDF failed.')));
  await user.click(screen.getByRole('button', { name: 'PDF' }));
  await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('The PDF failed.'));
});
