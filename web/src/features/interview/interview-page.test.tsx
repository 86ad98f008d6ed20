import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it, vi } from 'vitest';
import { question } from '@/testing/interview';
import { session } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { serveRoom } from '@/testing/room';
import { refusal, server } from '@/testing/server';
import { InterviewPage } from './interview-page';

// jsdom has no layout to scroll.
window.scrollTo = vi.fn();

const LED = question('q1', 'What did you lead?', {
  lead_in: 'Let us begin.',
  grounding: [{ source: 'job', text: 'Lead a team of nine' }],
});
const WRONG = question('q2', 'What went wrong?');

const open = () => renderPage(InterviewPage, '/interview/one', '/interview/:id');
const asks = (content: string) => screen.findByRole('heading', { level: 1, name: content });
const box = () => screen.getByLabelText('Your answer');

it('asks the question and says why', async () => {
  serveRoom([LED, WRONG]);
  open();
  await asks('What did you lead?');
  expect(screen.getByText('Let us begin.')).toBeVisible();
  expect(screen.getByText(/^Because the job says/)).toHaveTextContent('Lead a team of nine');
  expect(screen.getByText('question 1 of 2')).toBeVisible();
  expect(box()).toHaveFocus();
});

it('counts a follow-up with the question that it belongs to', async () => {
  const followUp = question('q1a', 'What did they do because of you?', { parent_question_id: 'q1' });
  serveRoom([followUp]);
  const at = { ...session('one').progress, planned: 5, planned_answered: 2 };
  server.use(
    http.get('/api/sessions/one', () =>
      HttpResponse.json({ ...session('one'), progress: at, current_question: followUp }),
    ),
  );
  open();
  await asks('What did they do because of you?');
  expect(screen.getByText('question 2 of 5, follow-up')).toBeVisible();
});

it('takes the answers one after the other, and then opens the report', async () => {
  const room = serveRoom([LED, WRONG]);
  const { user, address } = open();
  await asks('What did you lead?');
  await user.type(box(), 'A team of five.');
  expect(screen.getByText(/^4 words/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Send the answer' }));

  await asks('What went wrong?');
  expect(screen.getByText('Saved. 1 answer kept.')).toBeVisible();
  expect(box()).toHaveValue('');
  expect(box()).toHaveFocus();
  const soFar = within(screen.getByRole('complementary', { name: 'So far' }));
  expect(await soFar.findByText('What did you lead?')).toBeVisible();
  expect(soFar.getByText('A team of five.')).toBeInTheDocument();

  await user.type(box(), 'The queue.{Control>}{Enter}{/Control}');
  await waitFor(() => expect(address()).toBe('/report/one'));
  expect(room.sent.map(({ question_id, content }) => [question_id, content])).toEqual([
    ['q1', 'A team of five.'],
    ['q2', 'The queue.'],
  ]);
});

it('sends nothing empty, but lets one pass', async () => {
  const room = serveRoom([LED, WRONG]);
  const { user } = open();
  await asks('What did you lead?');
  await user.type(box(), '  ');
  await user.click(screen.getByRole('button', { name: 'Send the answer' }));
  expect(box()).toHaveAccessibleDescription(/Write something first/);
  expect(room.sent).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Pass on this question' }));
  await asks('What went wrong?');
  expect(room.sent.map(({ content }) => content)).toEqual(['']);
});

it('does not pass by mistake once something is written', async () => {
  serveRoom([LED, WRONG]);
  const { user } = open();
  await asks('What did you lead?');
  await user.type(box(), 'I');
  expect(screen.getByRole('button', { name: 'Pass on this question' })).toBeDisabled();
});

it('pauses and goes on, with the draft where it was', async () => {
  const room = serveRoom([LED, WRONG]);
  const { user } = open();
  await asks('What did you lead?');
  await user.type(box(), 'A team');
  await user.click(screen.getByRole('button', { name: 'Pause' }));
  await asks('Paused');
  expect(screen.queryByLabelText('Your answer')).toBeNull();
  expect(screen.queryByText('What did you lead?')).toBeNull();
  await user.click(within(screen.getByRole('region', { name: 'Paused' })).getByRole('button'));
  await asks('What did you lead?');
  expect(box()).toHaveValue('A team');
  expect(room.moves).toEqual(['pause', 'resume']);
});

it('shows how it stands when another tab has paused it already', async () => {
  const room = serveRoom([LED, WRONG]);
  server.use(
    http.put('/api/sessions/one/pause', () => refusal(409, 'wrong_status', 'It is paused already.')),
  );
  const { user } = open();
  await asks('What did you lead?');
  room.become('paused');
  await user.click(screen.getByRole('button', { name: 'Pause' }));
  await asks('Paused');
});

it('says why a move did not work', async () => {
  serveRoom([LED]);
  server.use(http.put('/api/sessions/one/pause', () => HttpResponse.error()));
  const { user } = open();
  await asks('What did you lead?');
  await user.click(screen.getByRole('button', { name: 'Pause' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  expect(box()).toBeVisible();
});

it('ends early only after asking, and says what does not count', async () => {
  const room = serveRoom([LED, WRONG]);
  const { user, address } = open();
  await asks('What did you lead?');
  await user.type(box(), 'A team');
  await user.click(screen.getByRole('button', { name: 'End' }));
  const dialog = screen.getByRole('dialog', { name: 'End the interview here?' });
  expect(dialog).toHaveTextContent(/has not been sent and will not count/);
  await user.click(within(dialog).getByRole('button', { name: 'Go on' }));
  expect(room.moves).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'End' }));
  await user.click(screen.getByRole('button', { name: 'End and see the report' }));
  await waitFor(() => expect(address()).toBe('/report/one'));
  expect(room.moves).toEqual(['complete']);
});

it('closes the question and says why when ending does not work', async () => {
  serveRoom([LED]);
  server.use(http.put('/api/sessions/one/complete', () => HttpResponse.error()));
  const { user, address } = open();
  await asks('What did you lead?');
  await user.click(screen.getByRole('button', { name: 'End' }));
  await user.click(screen.getByRole('button', { name: 'End and see the report' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(address()).toBe('/interview/one');
});

it('keeps a dialog open when the browser tells late that the one before has closed', async () => {
  serveRoom([LED]);
  const { user } = open();
  await asks('What did you lead?');
  await user.keyboard('{Alt>}{Shift>}[KeyK]{/Shift}{/Alt}');
  const keys = screen.getByRole('dialog', { name: 'Keys' });
  await user.click(within(keys).getByRole('button', { name: 'Close' }));
  await user.keyboard('{Alt>}{Shift>}[KeyE]{/Shift}{/Alt}');
  fireEvent(keys, new Event('close'));
  expect(screen.getByRole('dialog', { name: 'End the interview here?' })).toBeVisible();
});

it('works by keys: pause, end, help', async () => {
  const room = serveRoom([LED]);
  const { user } = open();
  await asks('What did you lead?');
  await user.keyboard('{Alt>}{Shift>}[KeyK]{/Shift}{/Alt}');
  const keys = screen.getByRole('dialog', { name: 'Keys' });
  expect(keys).toHaveTextContent('Alt + Shift + P');
  // An open dialog holds the other keys back.
  await user.keyboard('{Alt>}{Shift>}[KeyP]{/Shift}{/Alt}');
  await user.click(within(keys).getByRole('button', { name: 'Close' }));
  expect(room.moves).toEqual([]);
  await user.keyboard('{Alt>}{Shift>}[KeyE]{/Shift}{/Alt}');
  const end = screen.getByRole('dialog', { name: 'End the interview here?' });
  await user.click(within(end).getByRole('button', { name: 'Go on' }));
  await user.keyboard('{Alt>}{Shift>}[KeyP]{/Shift}{/Alt}');
  await asks('Paused');
  await user.keyboard('{Alt>}{Shift>}[KeyP]{/Shift}{/Alt}');
  await asks('What did you lead?');
  expect(room.moves).toEqual(['pause', 'resume']);
});

it('takes typing for typing', async () => {
  const room = serveRoom([LED]);
  const { user } = open();
  await asks('What did you lead?');
  await user.type(box(), 'pPeEkK{Shift>}[KeyP]{/Shift}{Control>}[KeyE]{/Control}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(room.moves).toEqual([]);
});

it.each(['completed', 'abandoned'])('opens the report of an interview that is %s', async (status) => {
  server.use(http.get('/api/sessions/one', () => HttpResponse.json(session('one', { status }))));
  const { address } = open();
  await waitFor(() => expect(address()).toBe('/report/one'));
});

it('says that an interview is not here', async () => {
  server.use(http.get('/api/sessions/one', () => refusal(404, 'not_found', 'There is no such interview.')));
  open();
  expect(await screen.findByRole('heading', { name: 'This interview is not here' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});
