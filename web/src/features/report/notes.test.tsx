import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Note } from '@/api/types';
import { MODEL_INTERVIEWER, MODEL_JUDGE } from '@/testing/engines';
import { question, submission } from '@/testing/interview';
import { session } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { criterion, entry, evaluation, report, serveReport } from '@/testing/report';
import { ReportPage } from './report-page';

const said = (response_id: string, text: string) => ({
  response_id,
  quote: { text, start: 0, end: text.length },
});
const conduct = (warning: number): Note => ({ note: 'conduct', said: said('r1', 'Rude.'), warning });

const FIRST = entry('I led five people. Is it remote?');
const SECOND = entry('Alone, mostly.', {
  question: question('q2', 'With whom did you work?', { engine: MODEL_INTERVIEWER }),
  response: submission('r2', 'q2', 'I worked alone.'),
  evaluation: evaluation([criterion('depth')], { engine: MODEL_JUDGE }),
});

async function open(...[answers, changes]: Parameters<typeof report>) {
  serveReport(report(answers, changes));
  renderPage(ReportPage, '/report/one', '/report/:id');
  await screen.findByRole('heading', { name: 'Question by question' });
}

const section = (name: string) => within(screen.getByRole('region', { name }));

describe('what you asked', () => {
  it('has the line that answers it, or that it was passed on', async () => {
    await open([FIRST], {
      notes: [
        {
          note: 'candidate_asked',
          asked: said('r1', 'Is it remote?'),
          answer: { source: 'job', text: 'Remote first.' },
        },
        { note: 'candidate_asked', asked: said('r2', 'What does it pay?'), answer: null },
      ],
    });
    const [first, second] = section('What you asked').getAllByRole('listitem');
    expect(first).toHaveTextContent('Is it remote?The job description says: Remote first.');
    expect(second).toHaveTextContent('What does it pay?Passed on: the job description does not say.');
  });
});

describe('side by side', () => {
  it('shows both quotes with their questions, and no verdict', async () => {
    await open([FIRST, SECOND], {
      notes: [
        { note: 'contrast', earlier: said('r1', 'I led five people.'), later: said('r2', 'I worked alone.') },
      ],
    });
    const [earlier, later] = section('Side by side').getAllByRole('figure');
    expect(earlier).toHaveTextContent('I led five people.To the question: What did you lead?');
    expect(later).toHaveTextContent('I worked alone.To the question: With whom did you work?');
    expect(section('Side by side').getByText(/That is no judgement/)).toBeVisible();
    const link = section('Side by side').getByRole('link', { name: 'With whom did you work?' });
    expect(link).toHaveAttribute('href', '#answer-q2');
  });
});

describe('the tone', () => {
  it.each([
    [[conduct(1)], null, 'The interviewer asked for a courteous tone once. No mark depends on it.'],
    [
      [conduct(1), conduct(2), conduct(3)],
      'conduct' as const,
      'The interviewer asked for a courteous tone twice, and then ended the interview. No mark depends on it.',
    ],
  ])('is told of in a line', async (notes, completion_reason, words) => {
    await open([FIRST], { notes, session: session('one', { status: 'completed', completion_reason }) });
    expect(section('Tone').getByText(words)).toBeVisible();
    expect(screen.queryByText('Rude.')).toBeNull();
  });
});

it('says nothing of what was not noticed', async () => {
  await open([FIRST], { notes: [{ note: 'other_language', response_id: 'r1' }] });
  for (const name of ['What you asked', 'Side by side', 'Tone']) {
    expect(screen.queryByRole('heading', { name })).toBeNull();
  }
  expect(screen.queryByText('The interviewer’s last words')).toBeNull();
});

it('ends the questions with the interviewer’s last words', async () => {
  await open([FIRST], { farewell: 'Thank you, and goodbye.' });
  expect(section('Question by question').getByText('Thank you, and goodbye.')).toBeVisible();
});

it('says of each answer who asked and who judged', async () => {
  await open([entry('I led.', { evaluation: evaluation([criterion('depth')]) }), SECOND]);
  const [first, second] = screen.getAllByRole('article');
  expect(first).toHaveTextContent(/asked by the built-in engine/);
  expect(first).toHaveTextContent(/Judged by the built-in engine\./);
  expect(second).toHaveTextContent(/asked by OpenAI gpt-5-mini/);
  expect(second).toHaveTextContent(/Judged by OpenAI gpt-5-mini\./);
});
