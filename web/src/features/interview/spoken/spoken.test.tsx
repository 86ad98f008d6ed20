import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Consents } from '@/api/types';
import type { VoiceAbout } from '@/api/voice';
import type { FromServer } from '@/api/voice-wire';
import { preferRealtime } from '@/lib/sound/preferred-way';
import { serveConsents } from '@/testing/consents';
import { question } from '@/testing/interview';
import { GUEST, ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { serveRoom } from '@/testing/room';
import { refusal, server } from '@/testing/server';
import { stubSound } from '@/testing/sound';
import { saidWith } from '@/testing/spoken';
import { serveVoice } from '@/testing/voice';
import { InterviewPage } from '../interview-page';

const QUESTIONS = [question('q1', 'What did you lead?'), question('q2', 'What went wrong?')];

async function goIn(about: Partial<VoiceAbout> = {}, consents?: Consents) {
  const sound = stubSound();
  const room = serveRoom(QUESTIONS, { channel: 'voice' });
  const voice = serveVoice(about);
  serveConsents(consents);
  server.use(http.get('/api/users/me', () => HttpResponse.json(ROBIN)));
  const page = renderPage(InterviewPage, '/interview/one', '/interview/:id');
  await screen.findByRole('heading', { name: 'What did you lead?' });
  await waitFor(() => expect(room.line.open()).toBe(1));
  return { sound, voice, room, ...page };
}

async function speak(about: Partial<VoiceAbout> = {}, consents?: Consents) {
  const all = await goIn(about, consents);
  await all.user.click(await screen.findByRole('button', { name: 'Turn on the microphone' }));
  await waitFor(() => expect(all.voice.said.map(({ type }) => type)).toContain('hello'));
  all.voice.say({ type: 'phase', phase: 'listening' });
  await screen.findByText('Your turn');
  return all;
}

const captions = () => within(screen.getByRole('list', { name: 'Captions' }));
const panel = () => within(screen.getByRole('region', { name: 'Your answer, spoken' }));

describe('getting in', () => {
  it('asks for one model that hears and speaks where that was chosen and may be', async () => {
    preferRealtime(true);
    const { voice } = await speak({ realtime: true });
    expect(voice.asked).toEqual(['?realtime=true']);
    voice.say({ type: 'notice', notice: 'realtime_lost', engine: 'openai' });
    expect(await screen.findByText(/has failed. Others go on in its place/)).toBeVisible();
    voice.say({ type: 'notice', notice: 'as_written' });
    expect(await screen.findByText(/What counts is the question as it stands above/)).toBeVisible();
  });

  it('does not ask for it where there is none any more', async () => {
    preferRealtime(true);
    const { voice } = await speak();
    expect(voice.asked).toEqual(['']);
  });

  it('asks first where only another company can hear', async () => {
    serveConsents();
    server.use(
      http.get('/api/users/me', () => HttpResponse.json(GUEST)),
      http.get('/api/about', () =>
        HttpResponse.json({
          version: '0.1.0',
          outside: [{ provider: 'deepgram', model: 'nova-3', purpose: 'hearing', needs_consent: true }],
          languages: ['en'],
          sign_in: [],
        }),
      ),
    );
    const { user } = await goIn({ sound_leaves: true, hears_at_home: false });
    expect(await screen.findByRole('heading', { name: 'Before you speak' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Turn on the microphone' })).toBeNull();
    await user.click(await screen.findByLabelText(/Send the sound of my answers to Deepgram nova-3/));
    expect(await screen.findByRole('button', { name: 'Turn on the microphone' })).toBeVisible();
  });

  it('asks before it listens, and says what the browser does to the sound', async () => {
    const { voice, sound } = await goIn();
    expect(await screen.findByRole('heading', { name: 'Speak your answers' })).toBeVisible();
    expect(voice.open()).toBe(0);
    await screen.findByRole('button', { name: 'Turn on the microphone' }).then((button) => button.click());
    await waitFor(() => expect(voice.said).toHaveLength(1));
    expect(voice.said[0]).toEqual({
      type: 'hello',
      version: 1,
      muted: false,
      echo_cancellation: true,
      noise_suppression: true,
      auto_gain: false,
    });
    sound.hear(8000, 3);
    await waitFor(() => expect(voice.frames).toEqual([0, 1, 2]));
  });

  it.each([
    ['NotAllowedError', 'The microphone is not allowed for this page.'],
    ['NotFoundError', /No microphone was found/],
    ['NotReadableError', /another program may be using it/],
    ['OverconstrainedError', /no longer plugged in/],
  ])('says why there is no microphone: %s', async (name, words) => {
    const { sound, user } = await goIn();
    sound.refuse(name);
    await user.click(await screen.findByRole('button', { name: 'Turn on the microphone' }));
    expect(await screen.findByText(words)).toBeVisible();
    sound.refuse(null);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('region', { name: 'Your answer, spoken' })).toBeVisible();
  });

  it('says how to allow it in this browser', async () => {
    const { sound, user } = await goIn();
    sound.refuse('NotAllowedError');
    await user.click(await screen.findByRole('button', { name: 'Turn on the microphone' }));
    expect(await screen.findByText(/left of the address/)).toBeVisible();
  });

  it('lets who has no microphone type', async () => {
    const { sound, user, room } = await goIn();
    sound.refuse('NotFoundError');
    await user.click(await screen.findByRole('button', { name: 'Turn on the microphone' }));
    await screen.findByText(/No microphone was found/);
    await user.click(screen.getByRole('button', { name: 'Type instead' }));
    await user.type(screen.getByLabelText('Your answer'), 'The ferry line.');
    await user.click(screen.getByRole('button', { name: 'Send the answer' }));
    await screen.findByRole('heading', { name: 'What went wrong?' });
    expect(room.sent.map(({ content }) => content)).toEqual(['The ferry line.']);
  });

  it('goes on in writing where the server cannot hear', async () => {
    await goIn({ speech_to_text: false });
    expect(await screen.findByText(/This server cannot hear/)).toBeVisible();
    expect(screen.getByLabelText('Your answer')).toBeVisible();
  });
});

describe('speaking', () => {
  it('shows the words as they are heard, and the turn once it is over', async () => {
    const { voice } = await speak();
    voice.say({ type: 'caption', who: 'candidate', id: '1', text: 'I kept the ferry', final: true });
    voice.say({ type: 'caption', who: 'candidate', id: '2', text: 'runn', final: false });
    expect(await panel().findByText('runn')).toBeVisible();
    expect(panel().getByText(/I kept the ferry/)).toBeVisible();
    voice.say({
      type: 'turn',
      turn: 1,
      text: 'I kept the ferry running.',
      from_ms: 0,
      to_ms: 900,
      by: 'silence',
    });
    const captions = within(await screen.findByRole('list', { name: 'Captions' }));
    expect(captions.getByText('I kept the ferry running.')).toBeVisible();
    expect(panel().queryByText('runn')).toBeNull();
  });

  it('tells the turn to screen readers once it has lasted, and not each state that passes', async () => {
    const { voice } = await speak();
    const said = () => screen.getAllByRole('status').map(({ textContent }) => textContent);
    await waitFor(() => expect(said()).toContain('Your turn.'));
    voice.say({ type: 'phase', phase: 'thinking' }, { type: 'phase', phase: 'speaking' });
    await screen.findByText('The interviewer is speaking');
    expect(said()).not.toContain('The interviewer is thinking.');
  });

  it('ends the answer by the key, and only in one’s own turn', async () => {
    const { voice, user } = await speak();
    await user.keyboard('{Alt>}{Shift>}d{/Shift}{/Alt}');
    await waitFor(() => expect(voice.said.map(({ type }) => type)).toContain('done'));
    voice.say({ type: 'phase', phase: 'thinking' });
    const done = screen.getByRole('button', { name: 'I have finished' });
    await waitFor(() => expect(done).toHaveAttribute('aria-disabled', 'true'));
    await user.click(done);
    expect(voice.said.filter(({ type }) => type === 'done')).toHaveLength(1);
  });

  it('sends silence while it is muted, and says so', async () => {
    const { voice, sound, user } = await speak();
    await user.click(screen.getByRole('button', { name: 'Mute' }));
    expect(sound.track.enabled).toBe(false);
    await waitFor(() => expect(voice.said).toContainEqual({ type: 'muted', on: true }));
    expect(screen.getByText('Microphone off')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Microphone is off' }));
    expect(sound.track.enabled).toBe(true);
  });

  it('is muted while one types', async () => {
    const { sound, user } = await speak();
    await user.click(screen.getByRole('button', { name: 'Type instead' }));
    expect(screen.getByLabelText('Your answer')).toBeVisible();
    expect(sound.track.enabled).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Speak instead' }));
    expect(sound.track.enabled).toBe(true);
  });

  it('plays, hushes, goes on and stops as the server says, and tells what has sounded', async () => {
    const { voice, sound } = await speak();
    voice.say(
      { type: 'play', reply: 4 },
      { type: 'hush', reply: 4 },
      { type: 'resume', reply: 4, from_ms: 900 },
      { type: 'stop', reply: 4 },
    );
    await waitFor(() => expect(sound.orders).toHaveLength(4));
    expect(sound.orders).toEqual([
      { kind: 'play', reply: 4 },
      { kind: 'hush', reply: 4 },
      { kind: 'resume', reply: 4, fromMs: 900 },
      { kind: 'stop', reply: 4 },
    ]);
    sound.sounded(4, 1200);
    await waitFor(() => expect(voice.said).toContainEqual({ type: 'played', reply: 4, ms: 1200 }));
  });

  it('shows which sentence sounds', async () => {
    const { voice, sound } = await speak();
    voice.say(
      { type: 'phase', phase: 'speaking' },
      { type: 'caption', who: 'interviewer', id: 'reply-4', text: 'I see. Why was that?', final: true },
      { type: 'sentence', reply: 4, text: 'I see.', from_ms: 0, ms: 900 },
      { type: 'sentence', reply: 4, text: 'Why was that?', from_ms: 900, ms: 1_100 },
      { type: 'play', reply: 4 },
    );
    await screen.findByText('I see. Why was that?');
    const sounds = (words: string) =>
      waitFor(() => expect(captions().getByText(words).className).toMatch(/sounding/));
    sound.sounded(4, 200);
    await sounds('I see.');
    sound.sounded(4, 1_200);
    await sounds('Why was that?');
    voice.say({ type: 'phase', phase: 'listening' });
    expect(await captions().findByText('I see. Why was that?')).toBeVisible();
  });

  it('hears the last words to their end, and goes to the report when the line is closed', async () => {
    const { voice, room, sound, address } = await speak();
    room.close('finished', null);
    expect(await screen.findByRole('heading', { name: 'That was the interview' })).toBeVisible();
    voice.say({ type: 'phase', phase: 'speaking' });
    expect(await screen.findByText('The interviewer is speaking')).toBeVisible();
    expect([voice.open(), sound.track.stopped]).toEqual([1, false]);
    voice.say({ type: 'closed', reason: 'over' });
    voice.cut(1000);
    await waitFor(() => expect(address()).toBe('/report/one'));
    expect(sound.track.stopped).toBe(true);
  });

  it('lets a misheard word be put right', async () => {
    const { voice, room, user } = await speak();
    room.elsewhere('We used post grey sequel.');
    voice.say({
      type: 'turn',
      turn: 1,
      text: 'We used post grey sequel.',
      from_ms: 0,
      to_ms: 900,
      by: 'done',
    });
    await user.click(await screen.findByRole('button', { name: 'Misheard? Put it right' }));
    const box = screen.getByLabelText('What you said');
    await user.clear(box);
    await user.type(box, 'We used PostgreSQL.');
    await user.click(screen.getByRole('button', { name: 'Keep this' }));
    expect(await screen.findByText('We used PostgreSQL.')).toBeVisible();
    expect(voice.corrections).toEqual([{ answer: 'response-0', text: 'We used PostgreSQL.' }]);
  });

  it('lets what somebody else said be left out, and put back', async () => {
    const { voice, room, user } = await speak();
    const text = 'I led it. Coffee anybody? And measured it.';
    room.elsewhere(text, saidWith(text, 'Coffee anybody?'));
    voice.say({ type: 'turn', turn: 1, text, from_ms: 0, to_ms: 9_000, by: 'done' });
    const noticed = await screen.findByText(/as if somebody else said/);
    expect(within(noticed).getByText('Coffee anybody?')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Leave it out' }));
    expect(await captions().findByText('I led it. And measured it.')).toBeVisible();
    expect(screen.queryByText(/as if somebody else/)).toBeNull();
    await user.click(await screen.findByRole('button', { name: 'Put it back' }));
    expect(await captions().findByText(text)).toBeVisible();
    expect(voice.corrections.map((one) => one.text)).toEqual(['I led it. And measured it.', text]);
  });

  it('takes nothing back of what was said after something was left out', async () => {
    const { voice, room, user } = await speak();
    const text = 'I led it. Coffee anybody?';
    room.elsewhere(text, saidWith(text, 'Coffee anybody?'));
    voice.say({ type: 'turn', turn: 1, text, from_ms: 0, to_ms: 9_000, by: 'done' });
    await user.click(await screen.findByRole('button', { name: 'Leave it out' }));
    expect(await screen.findByRole('button', { name: 'Put it back' })).toHaveFocus();
    voice.say({ type: 'turn', turn: 1, text: 'And a mole.', from_ms: 9_000, to_ms: 9_900, by: 'addition' });
    expect(await captions().findByText('I led it. And a mole.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Put it back' })).toBeNull();
  });

  it('keeps what is being put right when the line is opened anew', async () => {
    const { voice, room, user } = await speak();
    const text = 'I led it. Coffee anybody?';
    room.elsewhere(text, saidWith(text, 'Coffee anybody?'));
    voice.say({ type: 'turn', turn: 1, text, from_ms: 0, to_ms: 9_000, by: 'done' });
    await user.click(await screen.findByRole('button', { name: 'Leave it out' }));
    await screen.findByRole('button', { name: 'Put it back' });
    const reopened = (times: number) =>
      waitFor(() => expect(voice.said.filter(({ type }) => type === 'hello')).toHaveLength(1 + times));
    voice.cut(4004);
    await reopened(1);
    expect(await screen.findByText('Your turn')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Put it back' })).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Misheard? Put it right' }));
    await user.type(screen.getByLabelText('What you said'), ' Twice.');
    voice.cut(4004);
    await reopened(2);
    expect(await screen.findByText('Your turn')).toBeVisible();
    expect(screen.getByLabelText('What you said')).toHaveValue('I led it. Twice.');
  });

  it('says so when it is too late to leave something out', async () => {
    const { voice, room, user } = await speak();
    const text = 'I led it. Coffee anybody?';
    room.elsewhere(text, saidWith(text, 'Coffee anybody?'));
    voice.say({ type: 'turn', turn: 1, text, from_ms: 0, to_ms: 9_000, by: 'done' });
    server.use(
      http.put('/api/sessions/one/answers/:id/transcript', () =>
        refusal(409, 'already_evaluated', 'This answer has been judged.'),
      ),
    );
    await user.click(await screen.findByRole('button', { name: 'Leave it out' }));
    expect(await screen.findByText('This answer has been judged.')).toBeVisible();
    expect(captions().getByText(text)).toBeVisible();
  });

  it.each<[FromServer, RegExp]>([
    [{ type: 'reassure', how: 'take_your_time' }, /Take your time/],
    [
      { type: 'notice', notice: 'engine_lost', engine: 'whisper' },
      /“whisper” has failed.*goes on in writing/,
    ],
    [{ type: 'notice', notice: 'network_weak' }, /The connection is weak/],
    [{ type: 'notice', notice: 'not_understood' }, /could not be made out/],
    [{ type: 'notice', notice: 'answer_full' }, /as long as an answer can be/],
    [{ type: 'notice', notice: 'taken_for_length' }, /taken at your pause/],
    [{ type: 'notice', notice: 'words_kept', lost_ms: 3_400 }, /About 3 seconds of what you said after them/],
    [{ type: 'notice', notice: 'words_kept', lost_ms: 0 }, /Nothing is missing/],
    [{ type: 'notice', notice: 'words_kept' }, /If your last seconds are missing/],
  ])('says what is the matter: %j', async (message, words) => {
    const { voice } = await speak();
    voice.say(message);
    expect(await panel().findByText(words)).toBeVisible();
  });
});

describe('what goes wrong', () => {
  it('comes back to its line, with what was said meanwhile', async () => {
    const { voice, sound } = await speak();
    sound.hear(8000);
    await waitFor(() => expect(voice.frames).toEqual([0]));
    voice.down(true);
    voice.cut();
    expect(await screen.findByText('Connection lost, reconnecting')).toBeVisible();
    sound.hear(8000, 2);
    voice.down(false);
    await waitFor(() => expect(voice.said).toContainEqual(expect.objectContaining({ resume: 'link-1' })));
    await waitFor(() => expect(voice.frames).toEqual([0, 1, 2]));
    expect(await screen.findByText('Your turn')).toBeVisible();
  });

  it('forgets a line that the server has forgotten, and opens a new one', async () => {
    const { voice } = await speak();
    voice.cut(4004);
    await waitFor(() => expect(voice.said.filter(({ type }) => type === 'hello')).toHaveLength(2));
    expect(voice.said.at(-1)).not.toHaveProperty('resume');
  });

  it('gives way to another tab, and comes back when asked', async () => {
    const { voice, sound, user } = await speak();
    voice.cut(4001);
    expect(await screen.findByText(/in another tab or on another device/)).toBeVisible();
    expect(sound.track.stopped).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(voice.said.filter(({ type }) => type === 'hello')).toHaveLength(2));
  });

  it('says that a call or a switch has silenced the microphone', async () => {
    const { voice, sound } = await speak();
    sound.track.onmute?.();
    expect(await screen.findByText(/Your device has silenced the microphone/)).toBeVisible();
    await waitFor(() => expect(voice.said).toContainEqual({ type: 'muted', on: true }));
    sound.track.onunmute?.();
    await waitFor(() => expect(screen.queryByText(/has silenced the microphone/)).toBeNull());
  });

  it('keeps the words when the microphone is pulled out, and takes another one', async () => {
    const { voice, sound, user } = await speak();
    voice.say({ type: 'turn', turn: 1, text: 'It broke.', from_ms: 0, to_ms: 900, by: 'done' });
    await screen.findByText('It broke.');
    sound.track.onended?.();
    expect(await screen.findByText(/no longer plugged in/)).toBeVisible();
    expect(screen.getByText('It broke.')).toBeVisible();
    await user.selectOptions(await screen.findByLabelText('Microphone'), 'Headset');
    expect(await screen.findByRole('region', { name: 'Your answer, spoken' })).toBeVisible();
  });

  it('lets go of microphone and line while it is paused', async () => {
    const { voice, sound, user } = await speak();
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await screen.findByRole('heading', { name: 'Paused' });
    await waitFor(() => expect(voice.open()).toBe(0));
    expect(sound.track.stopped).toBe(true);
    expect(voice.said.at(-1)).toEqual({ type: 'bye' });
  });
});

describe('being recorded', () => {
  const RECORDING = { given: [], agreed: ['recording' as const] };

  it('is said all the while, and can be stopped', async () => {
    const { user, voice } = await speak({}, RECORDING);
    voice.say({ type: 'recording', on: true });
    expect(await screen.findByText('Being recorded')).toBeVisible();
    expect(await screen.findByText('Recording')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Stop recording' }));
    expect(screen.getByText('Being recorded')).toBeVisible();
    voice.say({ type: 'recording', on: false });
    expect(await screen.findByText(/Recording has stopped, and your consent is withdrawn/)).toBeVisible();
    expect(screen.queryByText('Being recorded')).toBeNull();
    await waitFor(() => expect(screen.queryByText('Recording')).toBeNull());
  });

  it('says why it could not be stopped', async () => {
    const { user, voice } = await speak({}, RECORDING);
    voice.say({ type: 'recording', on: true });
    server.use(
      http.delete('/api/users/me/consents/recording', () => refusal(503, 'unavailable', 'Storage is away.')),
    );
    await user.click(await screen.findByRole('button', { name: 'Stop recording' }));
    expect(await screen.findByText(/Storage is away\. The sound is still being recorded/)).toBeVisible();
  });

  it('is over when the server says so, whoever agreed', async () => {
    const { voice } = await speak({}, RECORDING);
    voice.say({ type: 'recording', on: true });
    await screen.findByText('Being recorded');
    voice.say({ type: 'recording', on: false });
    expect(await screen.findByText(/the server could keep no more of it/)).toBeVisible();
  });

  it('is claimed by nobody but the server', async () => {
    const { voice } = await speak({}, RECORDING);
    voice.say({ type: 'recording', on: false });
    expect(panel().queryByText('Being recorded')).toBeNull();
    expect(panel().queryByText(/Recording has stopped/)).toBeNull();
  });
});
