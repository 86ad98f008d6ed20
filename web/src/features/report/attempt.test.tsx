import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Criterion } from '@/api/types';
import { submission } from '@/testing/interview';
import { renderPage } from '@/testing/render-page';
import { criterion, entry, evaluation, report, serveReport } from '@/testing/report';
import { ReportPage } from './report-page';

const SAID = '🚀🚀 José cut it from 900 to 280 ms. 我们 shipped. We cut costs.';

/** A quote as the server counts: in Unicode scalar values. */
function quote(text: string): Criterion['quotes'][number] {
  const start = Array.from(SAID.slice(0, SAID.indexOf(text))).length;
  return { text, start, end: start + Array.from(text).length };
}

const open = () => renderPage(ReportPage, '/report/one', '/report/:id');
const answer = () => screen.findByRole('article', { name: 'What did you lead?' });
/** What lights up in the answer, piece by piece. */
const lit = (article: HTMLElement) => [...article.querySelectorAll('mark')].map((mark) => mark.textContent);

it('lights up the words behind a criterion, at the right characters', async () => {
  const criteria = [
    criterion('Evidence', { quotes: [quote('900 to 280 ms'), quote('我们 shipped')] }),
    criterion('Focus', { quotes: [quote('José cut it'), quote('cut it from 900')] }),
  ];
  serveReport(report([entry(SAID, { evaluation: evaluation(criteria) })]));
  const { user } = open();
  const article = await answer();
  const button = (name: RegExp) => within(article).getByRole('button', { name });
  expect(button(/^Evidence/)).toHaveAttribute('aria-pressed', 'true');
  expect(lit(article)).toEqual(['900 to 280 ms', '我们 shipped']);

  await user.click(button(/^Focus/));
  expect(button(/^Focus/)).toHaveAttribute('aria-pressed', 'true');
  expect(button(/^Evidence/)).toHaveAttribute('aria-pressed', 'false');
  expect(lit(article)).toEqual(['José cut it from 900']);
  expect(article).toHaveTextContent(SAID);
});

it('lights up the second of two like phrases when that is meant', async () => {
  const second = Array.from(SAID.slice(0, SAID.lastIndexOf('cut'))).length;
  const quotes = [{ text: 'cut', start: second, end: second + 3 }];
  serveReport(report([entry(SAID, { evaluation: evaluation([criterion('Focus', { quotes })]) })]));
  open();
  const [mark] = (await answer()).querySelectorAll('mark');
  expect(mark?.nextSibling).toHaveTextContent('costs.');
});

it('says what could not be judged and why, without a mark', async () => {
  const unclear = criterion('Depth', {
    status: 'not_assessed',
    score: null,
    cause: 'no_evidence',
    reason: 'Nothing here speaks of it.',
  });
  const criteria = [criterion('Evidence', { score: 0, quotes: [quote('我们 shipped')] }), unclear];
  serveReport(
    report([entry(SAID, { evaluation: evaluation(criteria, { overall: { score: null, coverage: 0.2 } }) })]),
  );
  open();
  const article = await answer();
  const depth = within(article).getByRole('button', { name: /^Depth/ });
  expect(depth).toHaveTextContent('Not assessed');
  expect(depth).toHaveTextContent('Nothing here speaks of it.');
  expect(depth).toBeDisabled();
  expect(within(article).getByRole('button', { name: /^Evidence/ })).toHaveTextContent('0.0');
  expect(within(article).queryByText('of 10')).toBeNull();
  expect(within(article).getAllByText('Not assessed')).toHaveLength(2);
  expect(article).toHaveTextContent('Too little of this answer could be scored. It changes neither');
});

it('says of an answer that nobody could score that it counts for nothing, up or down', async () => {
  const cause = { status: 'not_assessed' as const, score: null, cause: 'judge_failed' as const };
  const criteria = ['Evidence', 'Depth'].map((name) =>
    criterion(name, { ...cause, reason: 'Nobody could judge it.', quotes: [] }),
  );
  const unscored = evaluation(criteria, { overall: { score: null, coverage: 0 } });
  serveReport(report([entry(SAID, { evaluation: unscored })]));
  open();
  const article = await answer();
  expect(article).toHaveTextContent(
    'Nothing of it could be scored. It changes neither your total nor your level.',
  );
  expect(within(article).getAllByText('Not assessed')).toHaveLength(3);
  expect(within(article).queryByText('of 10')).toBeNull();
});

it('shows the range of a mark that is not sure', async () => {
  const sure = criterion('Evidence', { score: 6, range: [4.5, 7.5], quotes: [quote('我们 shipped')] });
  serveReport(report([entry(SAID, { evaluation: evaluation([sure]) })]));
  open();
  expect(within(await answer()).getByRole('button', { name: /^Evidence/ })).toHaveTextContent(
    '6.0 (4.5–7.5)',
  );
});

it('shows key points found and not found; one that was found lights up its words', async () => {
  const key_points = [
    { text: 'Names a result', covered: true, quote: '900 to 280 ms' },
    { text: 'Names the team', covered: false, quote: null },
  ];
  const judged = evaluation([criterion('Focus', { quotes: [quote('José cut it')] })], { key_points });
  serveReport(report([entry(SAID, { evaluation: judged })]));
  const { user } = open();
  const article = await answer();
  expect(within(article).getByText('1 of 2 found')).toBeVisible();
  expect(within(article).getByText('Names the team')).toHaveTextContent('Names the team, not found');
  await user.click(within(article).getByRole('button', { name: 'Names a result' }));
  expect(lit(article)).toEqual(['900 to 280 ms']);
});

it('says that a question was passed on', async () => {
  const passed = entry(' ', { evaluation: evaluation([]) });
  serveReport(report([passed]));
  open();
  expect(within(await answer()).getByText('You passed on this question.')).toBeVisible();
});

it('has no mark and no second try for a question without an answer', async () => {
  serveReport(report([entry(null)]));
  open();
  const article = await answer();
  expect(within(article).getByText('Not answered, so not assessed.')).toBeVisible();
  expect(within(article).queryByRole('button', { name: 'Answer it again' })).toBeNull();
});

it('fills in by itself while answers are being judged, and then lights up the words', async () => {
  const pending = report([entry(SAID)], { pending_evaluations: 1 });
  const server = serveReport(pending);
  open();
  const article = await answer();
  expect(within(article).getByText('Still being judged.')).toBeVisible();
  expect(screen.getByText(/^1 answer is still being judged/)).toBeVisible();
  const judged = evaluation([criterion('Focus', { quotes: [quote('José cut it')] })]);
  server.become(report([entry(SAID, { evaluation: judged })]));
  await waitFor(() => expect(lit(article)).toEqual(['José cut it']));
  expect(within(article).queryByText('Still being judged.')).toBeNull();
  expect(screen.queryByText(/still being judged/)).toBeNull();
});

it('compares the tries, and shows the one that is chosen', async () => {
  const judged = (id: string, score: number) =>
    evaluation([criterion('Focus', { score, quotes: [] })], { id, overall: { score, coverage: 1 } });
  const again = { response: submission('r2', 'q1', 'I led nine people.'), evaluation: judged('e2', 8) };
  serveReport(report([entry(SAID, { evaluation: judged('e1', 5), retries: [again] })]));
  const { user } = open();
  const article = await answer();
  expect(within(article).getByText('I led nine people.')).toBeVisible();
  expect(within(article).getByRole('button', { name: /^Focus/ })).toHaveTextContent('5.0 → 8.0');
  await user.click(within(article).getByRole('button', { name: 'First answer · 5.0' }));
  expect(within(article).getByText(SAID)).toBeVisible();
  expect(within(article).getByRole('button', { name: /^Focus/ })).toHaveTextContent(/^Focus5\.0The/);
});
