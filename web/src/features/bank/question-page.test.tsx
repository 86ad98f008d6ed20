import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Version } from '@/api/bank';
import { bankQuestion, curated, drift, IMPORTED, serveBank } from '@/testing/bank';
import { renderPage } from '@/testing/render-page';
import { QuestionPage } from './question-page';

const ID = 'general.stock';
const open = (id = ID) => renderPage(QuestionPage, `/bank/${id}`, '/bank/:id');
const OWN = curated(ID, { origin: 'own', version: 2, changed_at: '2026-11-21T10:00:00Z' });

function version(number: number, changes: Partial<Version> = {}): Version {
  return {
    version: number,
    retired: false,
    changed_at: '2026-11-21T10:00:00Z',
    role: 'general',
    source: null,
    licence: null,
    question: bankQuestion(ID),
    ...changes,
  };
}

it('shows a question with all its parts and how hard it is', async () => {
  serveBank({ questions: [curated(ID, { calibration: drift(ID) })] });
  open();
  expect(
    await screen.findByRole('heading', { level: 1, name: 'How do you make a brown stock?' }),
  ).toBeVisible();
  for (const part of ['Roasts the bones', 'Takes powder', 'I roast bones and start cold.', 'I buy it.']) {
    expect(screen.getByText(part)).toBeVisible();
  }
  expect(screen.getByText(/digs for key point 1/)).toBeVisible();
  expect(screen.getByText(/Harder than its author said/)).toBeVisible();
  expect(screen.getByText(/−0\.40 ± 0\.12 by 64 answers; its author said beginner/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Change it' })).toBeNull();
});

it('says that there is no such question', async () => {
  serveBank();
  open('general.nothing');
  expect(await screen.findByRole('heading', { name: 'There is no such question' })).toBeVisible();
});

it('checks a change, shows what is wrong at its field, and stores nothing until it is mended', async () => {
  let wrong = true;
  const note = {
    line: 1,
    column: 'reference',
    question: ID,
    severity: 'error' as const,
    rule: 'reference_gap',
    message: 'the reference does not cover: I roast the bones',
  };
  const { saved } = serveBank({
    questions: [OWN],
    imported: () => ({ ...IMPORTED, rows: 1, notes: wrong ? [note] : [] }),
  });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Change it' }));
  const reference = screen.getByLabelText('An answer with full marks');
  await user.clear(reference);
  await user.type(reference, 'I open a tin.');
  await user.click(screen.getByRole('button', { name: 'Store as a new version' }));
  await waitFor(() =>
    expect(reference).toHaveAccessibleDescription(/The reference does not cover: I roast the bones\./),
  );
  expect(screen.getByText(/It is not stored: 1 thing to mend/)).toBeVisible();
  expect(saved).toHaveLength(0);
  wrong = false;
  await user.click(screen.getByRole('button', { name: 'Store as a new version' }));
  expect(await screen.findByText('Stored as version 3. It is asked from now on.')).toBeVisible();
  expect(saved[0]?.question.reference).toBe('I open a tin.');
});

it('shows each version beside the one before, and goes back', async () => {
  const changed = bankQuestion(ID, { text: 'How do you make a white stock?' });
  const { saved } = serveBank({
    questions: [OWN],
    versions: [version(2, { question: changed }), version(1)],
  });
  const { user } = open();
  const section = within(await screen.findByRole('region', { name: 'Versions' }));
  expect((await section.findByText('white')).tagName).toBe('INS');
  expect(section.getByText('brown').tagName).toBe('DEL');
  await user.click(section.getByRole('button', { name: 'Go back to version 1' }));
  expect(await screen.findByText('It is as in version 1 again.')).toBeVisible();
  expect(saved[0]?.question.text).toBe('How do you make a brown stock?');
});

it('retires a question', async () => {
  const { calls } = serveBank({ questions: [OWN] });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Retire it' }));
  expect(await screen.findByText('It is retired: asked no more, and kept.')).toBeVisible();
  expect(calls).toContain(`DELETE /api/bank/questions/${ID}`);
});

it('takes a retired question back', async () => {
  const { saved } = serveBank({ questions: [{ ...OWN, retired: true }] });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Ask it again' }));
  expect(await screen.findByText('It is asked again.')).toBeVisible();
  expect(saved[0]).toEqual({ role: 'general', source: null, licence: null, question: OWN.question });
});
