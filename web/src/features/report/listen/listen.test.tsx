import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it, vi } from 'vitest';
import type { Report } from '@/api/types';
import { stubAudio } from '@/testing/audio';
import { question, submission } from '@/testing/interview';
import { session } from '@/testing/people';
import { RECORDING, serveRecording } from '@/testing/recording';
import { renderPage } from '@/testing/render-page';
import { entry, report, serveReport } from '@/testing/report';
import { refusal, server } from '@/testing/server';
import { ReportPage } from '../report-page';

const SPOKEN_PLACE = {
  line: 'line-1',
  from_ms: 0,
  to_ms: 9_000,
  ended_by: 'silence' as const,
  engine: 'own',
  words: [],
  is_partial: false,
};

const SPOKEN = report(
  [
    entry('I led the migration.'),
    entry('Twelve people.', {
      question: question('q2', 'How many were you?'),
      response: submission('r2', 'q2', 'Twelve people.'),
    }),
  ],
  { session: session('one', { status: 'completed', completion_reason: 'finished', channel: 'voice' }) },
);

/** The same, over a moment ago. */
const JUST_SPOKEN = {
  ...SPOKEN,
  session: { ...SPOKEN.session, ended_at: new Date().toISOString() },
  answers: SPOKEN.answers.map((one) => ({
    ...one,
    response: one.response && { ...one.response, spoken: SPOKEN_PLACE },
  })),
};

function open(recording: Parameters<typeof serveRecording>[0] = RECORDING, given: Report = SPOKEN) {
  const sound = stubAudio();
  serveReport(given);
  const served = serveRecording(recording);
  return { ...sound, served, ...renderPage(ReportPage, '/report/one', '/report/:id') };
}

const slider = () => screen.findByRole('slider', { name: 'Place in the recording' });
const article = async (name: string) =>
  within((await screen.findByRole('heading', { name })).closest('article') as HTMLElement);

it('asks for no recording of a written interview', async () => {
  stubAudio();
  serveReport(report([entry('I led.')]));
  renderPage(ReportPage, '/report/one', '/report/:id');
  await screen.findByRole('heading', { name: 'Question by question' });
  expect(screen.queryByRole('heading', { name: 'Listen again' })).toBeNull();
});

it('fetches the sound only when somebody wants to hear it', async () => {
  const { audio, user } = open();
  await slider();
  expect(audio.src).toBe('');
  await user.click(screen.getByRole('button', { name: 'Play' }));
  expect(audio.src).toBe('/api/sessions/one/recording');
  expect(audio.isPlaying).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Pause' }));
  expect(audio.isPlaying).toBe(false);
});

it('plays an answer from its place, and lights it up while it sounds', async () => {
  const { audio, reach, user } = open();
  const second = await article('How many were you?');
  await user.click(await second.findByRole('button', { name: /^Hear it 0:36.*your answer$/ }));
  expect(audio.currentTime).toBe(36);
  act(() => reach(40_000));
  const words = second.getByRole('link', { name: 'Twelve people.' });
  expect(words).toHaveAttribute('data-sounds', 'true');
  expect(screen.getByRole('link', { name: 'Your answer to question 2' })).toHaveAttribute(
    'href',
    '#answer-q2',
  );
  const first = await article('What did you lead?');
  expect(first.getByRole('link', { name: 'I led the migration.' })).toHaveAttribute('data-sounds', 'false');
  await user.click(second.getByRole('button', { name: /^Pause 0:36.*your answer$/ }));
  expect(audio.isPlaying).toBe(false);
});

it('plays a question whose words are clicked', async () => {
  const { audio, user } = open();
  await user.click(await screen.findByRole('link', { name: 'How many were you?' }));
  expect(audio.currentTime).toBe(31);
  expect(audio.isPlaying).toBe(true);
});

it('goes by the keyboard: five seconds, and from question to question', async () => {
  open();
  const place = await slider();
  expect(place).toHaveAttribute('aria-valuetext', '0:00 of 1:00');
  fireEvent.keyDown(place, { key: 'ArrowRight' });
  expect(place).toHaveAttribute('aria-valuetext', '0:05 of 1:00');
  fireEvent.keyDown(place, { key: 'PageDown' });
  expect(place).toHaveAttribute('aria-valuetext', '0:31 of 1:00, question 2');
  fireEvent.keyDown(place, { key: 'PageUp' });
  expect(place).toHaveAttribute('aria-valuetext', '0:01 of 1:00, question 1');
  fireEvent.keyDown(place, { key: 'ArrowLeft' });
  fireEvent.keyDown(place, { key: 'ArrowLeft' });
  expect(place).toHaveAttribute('aria-valuetext', '0:00 of 1:00');
});

it('keeps the speed that was chosen', async () => {
  const { audio, user } = open();
  await user.selectOptions(await screen.findByLabelText('Speed'), '1.5 ×');
  await user.click(screen.getByRole('button', { name: 'Play' }));
  expect(audio.playbackRate).toBe(1.5);
});

it('renews the sign-in once when the sound does not come, and goes on where it was', async () => {
  const { audio, reach, served, user } = open();
  await user.click(await screen.findByRole('button', { name: 'Play' }));
  act(() => reach(20_000));
  await waitFor(() => expect(screen.getByRole('slider')).toHaveValue('20000'));
  audio.isPlaying = false;
  act(() => audio.onerror?.());
  await waitFor(() => expect(audio.isPlaying).toBe(true));
  expect(served.asked()).toBe(2);
  expect(audio.currentTime).toBe(20);
  act(() => audio.onerror?.());
  expect(await screen.findByText(/The sound does not come/)).toBeVisible();
});

it('says why there is none, and where to agree', async () => {
  open(refusal(404, 'recording_not_found', 'There is no such recording.'));
  expect(await screen.findByText(/no recording of this interview/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'set up the next one' })).toHaveAttribute('href', '/prepare');
  expect(screen.queryByRole('slider')).toBeNull();
  expect(screen.queryByRole('button', { name: /^Hear it/ })).toBeNull();
});

it('says nothing of recordings where the server knows none', async () => {
  const { served } = open(refusal(404, 'not_found', 'There is nothing at this address.'));
  await waitFor(() => expect(served.asked()).toBe(1));
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Listen again' })).toBeNull());
});

it('appears by itself once it is put away', async () => {
  const { served } = open(refusal(409, 'recording_not_ready', 'Later.'));
  expect(await screen.findByText(/is put away when the interview is over/)).toBeVisible();
  served.become(RECORDING);
  expect(await slider()).toBeVisible();
});

it('takes up the rest of a recording when a line is put away after another', async () => {
  const { served, ...page } = open({ ...RECORDING, moments: RECORDING.moments.slice(0, 2) }, JUST_SPOKEN);
  await slider();
  expect(page.audio.src).toBe('');
  expect(screen.queryByRole('button', { name: /^Hear it 0:36/ })).toBeNull();
  served.become(RECORDING);
  expect(await screen.findByRole('button', { name: /^Hear it 0:36/ })).toBeVisible();
});

it('tries again after the server was away', async () => {
  const { served, user } = open(refusal(503, 'storage_unavailable', 'The storage is away.'));
  expect(await screen.findByText('The storage is away.')).toBeVisible();
  served.become(RECORDING);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await slider()).toBeVisible();
});

it('says that the browser does not play it', async () => {
  stubAudio({ plays: false });
  serveReport(SPOKEN);
  serveRecording();
  renderPage(ReportPage, '/report/one', '/report/:id');
  expect(await screen.findByText(/does not play Ogg Opus/)).toBeVisible();
});

it('deletes after a moment in which it can be taken back', async () => {
  const { served, user } = open();
  await user.click(await screen.findByRole('button', { name: 'Delete the recording' }));
  const keep = screen.getByRole('button', { name: 'Keep it' });
  expect(keep).toHaveFocus();
  expect(screen.queryByRole('slider')).toBeNull();
  await user.click(keep);
  expect(await slider()).toBeVisible();
  window.dispatchEvent(new Event('pagehide'));
  expect(served.deleted).toEqual([]);

  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
  fireEvent.click(screen.getByRole('button', { name: 'Delete the recording' }));
  await act(() => vi.advanceTimersByTimeAsync(8_000));
  vi.useRealTimers();
  expect(await screen.findByText(/The recording is deleted/)).toBeVisible();
  expect(served.deleted).toEqual(['one']);
});

it('deletes also when the page is left meanwhile', async () => {
  const { served, user } = open();
  await user.click(await screen.findByRole('button', { name: 'Delete the recording' }));
  window.dispatchEvent(new Event('pagehide'));
  await waitFor(() => expect(served.deleted).toEqual(['one']));
});

it('keeps the player when deleting fails, and says so', async () => {
  const { user } = open();
  server.use(http.delete('/api/sessions/one/recording', () => HttpResponse.error()));
  await user.click(await screen.findByRole('button', { name: 'Delete the recording' }));
  window.dispatchEvent(new Event('pagehide'));
  expect(await screen.findByText(/The recording is still there/)).toBeVisible();
  expect(await slider()).toBeVisible();
});
