import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { curated, drift, IMPORTED, STANDING, serveBank } from '@/testing/bank';
import { ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { BankPage } from './bank-page';

const open = () => renderPage(BankPage, '/bank');

it('asks whoever is not signed in to do so', async () => {
  serveBank({ me: null });
  open();
  expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/login?next=%2Fbank');
});

it('tells others whom it is for, and fetches nothing for them', async () => {
  const { searches } = serveBank({ me: ROBIN });
  open();
  expect(await screen.findByText(/These pages are for curators/)).toBeVisible();
  expect(searches).toHaveLength(0);
});

it('lists questions with their state, and says in words which have drifted', async () => {
  const own = curated('general.own', { origin: 'own', version: 3, calibration: drift('general.own') });
  serveBank({ questions: [curated('general.stock'), own] });
  open();
  expect(await screen.findByText('2 questions.')).toBeVisible();
  const [shipped, added] = screen.getAllByRole('listitem');
  expect(shipped).toHaveTextContent('Ships with Greenroom');
  expect(added).toHaveTextContent('Added here, version 3 · Harder than its author said');
});

it('searches by words and every filter', async () => {
  const { searches } = serveBank();
  const { user } = open();
  await user.type(await screen.findByLabelText(/Words in question/), 'stock');
  for (const [label, option] of [
    ['Role', 'Chef'],
    ['Language', 'German'],
    ['Category', 'Case'],
    ['Difficulty', 'Advanced'],
    ['Competency', 'Planning'],
    ['State', 'Retired'],
  ] as const) {
    await user.selectOptions(screen.getByLabelText(label), option);
  }
  await waitFor(() =>
    expect(Object.fromEntries(searches.at(-1) ?? [])).toEqual({
      q: 'stock',
      role: 'chef',
      language: 'de',
      type: 'case',
      difficulty: 'advanced',
      competency: 'planning',
      retired: 'true',
      limit: '20',
    }),
  );
  await user.selectOptions(screen.getByLabelText('State'), 'Added here');
  await waitFor(() => expect(searches.at(-1)?.get('origin')).toBe('own'));
});

it('offers all questions when none fits', async () => {
  serveBank({ questions: [] });
  const { user } = open();
  await user.type(await screen.findByLabelText(/Words in question/), 'x');
  expect(await screen.findByText('No question fits.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all questions' }));
  expect(screen.getByLabelText(/Words in question/)).toHaveValue('');
});

it('tries again after the server was away', async () => {
  serveBank();
  server.use(http.get('/api/bank', () => HttpResponse.error(), { once: true }));
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('1 question.')).toBeVisible();
});

it('calibrates on demand, shows how far it is, and then what it found', async () => {
  serveBank({
    standings: [
      STANDING,
      { ...STANDING, running: { interviews: 120, share: 0 } },
      { ...STANDING, calibrated_at: '2026-11-21T10:00:00Z', questions: 2, flagged: 1 },
    ],
    found: [drift('general.stock'), drift('general.gone', { text: null, flagged: false })],
  });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Calibrate now' }));
  expect(await screen.findByText(/It is queued/)).toBeVisible();
  const card = within(screen.getByRole('region', { name: 'What answers teach' }));
  expect(await card.findByText(/120 interviews so far/, {}, { timeout: 5000 })).toBeVisible();
  expect(await card.findByText(/2 questions calibrated, 1 to look at/, {}, { timeout: 5000 })).toBeVisible();
  expect(
    (
      await card.findAllByText(
        /Difficulty −0\.40 ± 0\.12 by 64 answers; its author said beginner, which stands for −1\.00/,
      )
    )[0],
  ).toBeVisible();
  expect(card.getByText('general.gone (no longer in the bank)')).toBeVisible();
}, 15_000);

it('shows what a file would do, line by line, before it is stored', async () => {
  const note = {
    line: 3,
    column: 'reference',
    question: 'chef.sauce',
    severity: 'error' as const,
    rule: 'reference_gap',
    message: 'the reference does not cover: salt',
  };
  const given: [string, boolean][] = [];
  serveBank({
    imported: (content, dry) => {
      given.push([content, dry]);
      return { ...IMPORTED, rows: 2, added: 1, refused: 1, notes: [note] };
    },
  });
  const { user } = open();
  const file = new File(['role,id\n'], 'questions.csv', { type: 'text/csv' });
  await user.upload(await screen.findByLabelText('A file with questions'), file);
  const row = (await screen.findByText(/does not cover: salt/)).closest('tr');
  expect(row).toHaveTextContent('3referenceRefused · chef.sauce');
  expect(screen.getByText(/Nothing is stored yet\. 2 rows: 1 new, 0 changed/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Store 1 question' }));
  expect(await screen.findByText(/^Stored\. 2 rows/)).toBeVisible();
  expect(given).toEqual([
    ['role,id\n', true],
    ['role,id\n', false],
  ]);
});
