import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { JudgeCheck, JudgeChecks } from '@/api/models';
import { BUILTIN, CHECKS, serveModels } from '@/testing/models';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { SettingsPage } from './settings-page';

const AT = '/api/admin/judge-checks';
const lab: JudgeCheck = { provider: 'lab', model: 'qwen3', ladder: null, failure: null };

/** The judges as they are at each look; the last stays. */
function serve(...looks: JudgeChecks[]) {
  serveModels([]);
  let look = 0;
  server.use(
    http.get(AT, () => {
      look += 1;
      return HttpResponse.json(looks[Math.min(look, looks.length) - 1]);
    }),
  );
}

async function open() {
  const { user } = renderPage(SettingsPage, '/settings');
  const card = within(await screen.findByRole('region', { name: 'Judge check' }));
  await card.findByText('Built-in scorer');
  return { user, card };
}

it('shows what each judge showed last', async () => {
  const failed = { ...lab, failure: 'The model judged none of the answers.' };
  serve({ ...CHECKS, items: [lab, { ...failed, provider: 'spare' }, BUILTIN] });
  const { card } = await open();
  expect(card.getByText('Not checked yet.')).toBeVisible();
  expect(card.getByText('The model judged none of the answers.')).toBeVisible();
  expect(card.getByText(/rank correlation .92, 3 inversions/)).toHaveTextContent(/^Pass:/);
});

it('tries one and follows it to its result', async () => {
  const running = { ...CHECKS, items: [lab, BUILTIN], running: { provider: 'lab', done: 40, of: 160 } };
  const ladder = BUILTIN.ladder && {
    ...BUILTIN.ladder,
    passed: false,
    words: 'rank correlation .50; failed: name gap',
  };
  const sent: unknown[] = [];
  serve({ ...CHECKS, items: [lab, BUILTIN] }, running, { ...CHECKS, items: [{ ...lab, ladder }, BUILTIN] });
  server.use(
    http.post(AT, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...running, running: { provider: 'lab', done: 0, of: 0 } }, { status: 202 });
    }),
  );
  const { user, card } = await open();
  await user.click(card.getByRole('button', { name: 'Check lab' }));
  expect(await card.findByText('Beginning.')).toBeVisible();
  expect(card.getByRole('button', { name: 'Check the built-in scorer' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  expect(await card.findByText('40 of 160 answers judged.')).toBeVisible();
  expect(card.getByRole('progressbar')).toHaveAttribute('value', '40');
  expect(await card.findByText(/failed: name gap/)).toHaveTextContent(/^Fail:/);
  expect(sent).toEqual([{ provider: 'lab', questions: 8 }]);
});

it('says how many paid calls it takes, and tries all when told to', async () => {
  serve(CHECKS);
  const sent: unknown[] = [];
  server.use(
    http.post(AT, async ({ request }) => {
      sent.push(await request.json());
      return refusal(409, 'judge_check_running', 'A judge is being tried already.');
    }),
  );
  const { user, card } = await open();
  expect(card.getByRole('option', { name: /8 questions, about 160 answers/ })).toBeInTheDocument();
  await user.selectOptions(card.getByLabelText('How many answers'), 'All 44 questions, 880 answers');
  await user.click(card.getByRole('button', { name: 'Check the built-in scorer' }));
  await waitFor(() => expect(card.getByRole('alert')).toHaveTextContent('A judge is being tried already.'));
  expect(sent).toEqual([{ provider: null, questions: null }]);
});

it('breaks nothing else when it cannot be fetched', async () => {
  serveModels([]);
  server.use(http.get(AT, () => HttpResponse.error(), { once: true }));
  const { user } = renderPage(SettingsPage, '/settings');
  const card = within(await screen.findByRole('region', { name: 'Judge check' }));
  await user.click(await card.findByRole('button', { name: 'Try again' }));
  expect(await card.findByText('Built-in scorer')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Who is asked' })).toBeVisible();
});
