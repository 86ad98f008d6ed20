import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { openMicrophone } from '@/lib/sound/microphone';
import { serveConsents } from '@/testing/consents';
import { bring, servePreparation } from '@/testing/preparation';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { stubSound } from '@/testing/sound';
import { serveVoice } from '@/testing/voice';
import { PreparePage } from '../prepare-page';

type Check = { text?: string; fails?: boolean };

/** The review with a server that hears, by voice. */
async function choose({ text = 'Good morning, I am ready.', fails = false }: Check = {}) {
  const sound = stubSound();
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:tried', revokeObjectURL: () => undefined }),
  );
  bring();
  const prepared = servePreparation();
  serveVoice();
  const wavs: number[] = [];
  const started: unknown[] = [];
  server.use(
    http.post('/api/voice/check', async ({ request }) => {
      wavs.push((await request.arrayBuffer()).byteLength);
      if (fails) return refusal(503, 'speech_unavailable', 'No engine answers at the moment.');
      return HttpResponse.json({ text, level_dbfs: -20, clipping: 0, noise_dbfs: -60 });
    }),
    http.post('/api/sessions', async ({ request }) => {
      started.push(await request.json());
      return HttpResponse.json({ id: 'one' }, { status: 201 });
    }),
  );
  const page = renderPage(PreparePage, '/prepare');
  await page.user.click(await screen.findByLabelText(/^Speak/));
  return { sound, wavs, started, ...prepared, ...page };
}

async function sayASentence({ sound, user }: Awaited<ReturnType<typeof choose>>, speech: number, room = 20) {
  await user.click(await screen.findByRole('button', { name: 'Try the microphone' }));
  await user.click(await screen.findByRole('button', { name: 'Say a sentence' }));
  for (let at = 0; at < 50; at += 1) sound.hear(at % 2 ? speech : room);
  await user.click(screen.getByRole('button', { name: 'That was it' }));
}

describe('how one answers', () => {
  it('is not asked where the server cannot hear', async () => {
    bring();
    servePreparation();
    renderPage(PreparePage, '/prepare');
    await screen.findByRole('button', { name: 'Start the interview' });
    expect(screen.queryByText('How you answer')).toBeNull();
  });

  it('goes with the start', async () => {
    const { user, started } = await choose();
    await user.click(screen.getByRole('button', { name: 'Start the interview' }));
    await waitFor(() => expect(started).toEqual([{ config_id: 'config-1', channel: 'voice' }]));
  });
});

it('leaves the loudness alone for who wishes to know theirs', async () => {
  const { sound, user } = await choose();
  await user.click(await screen.findByRole('button', { name: 'Try the microphone' }));
  const even = await screen.findByLabelText(/even out how loud I am/);
  expect(even).toBeChecked();
  await user.click(even);
  const asked = async () => (await openMicrophone('', { onFrame() {}, onChange() {} })).close();
  await asked();
  expect(sound.wishes.at(-1)?.audio).toMatchObject({ autoGainControl: false, echoCancellation: true });
  await user.click(even);
  await asked();
  expect(sound.wishes.at(-1)?.audio).toMatchObject({ autoGainControl: true });
});

describe('where only another company can hear', () => {
  it('offers the consent in its place, and the trial once it is given', async () => {
    bring();
    servePreparation();
    serveVoice({ sound_leaves: true, hears_at_home: false });
    const { versions } = serveConsents();
    const { user } = renderPage(PreparePage, '/prepare');
    await user.click(await screen.findByLabelText(/^Speak/));
    const box = await screen.findByLabelText(/Send the sound of my answers to another company/);
    expect(screen.queryByRole('button', { name: 'Try the microphone' })).toBeNull();
    await user.click(box);
    expect(await screen.findByRole('button', { name: 'Try the microphone' })).toBeVisible();
    expect(versions).toEqual(['2026-11-22.5d1e90ab']);
  });

  it('lets one type instead', async () => {
    bring();
    servePreparation();
    serveVoice({ sound_leaves: true, hears_at_home: false });
    serveConsents();
    const { user } = renderPage(PreparePage, '/prepare');
    await user.click(await screen.findByLabelText(/^Speak/));
    await user.click(await screen.findByRole('button', { name: 'Type this interview instead' }));
    expect(screen.getByLabelText(/^Type/)).toBeChecked();
  });

  it('tries the microphone without it where the server hears too', async () => {
    bring();
    servePreparation();
    serveVoice({ sound_leaves: true, hears_at_home: true });
    serveConsents();
    const { user } = renderPage(PreparePage, '/prepare');
    await user.click(await screen.findByLabelText(/^Speak/));
    expect(await screen.findByText(/Without it, this server does that itself/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try the microphone' })).toBeVisible();
  });
});

describe('trying the microphone', () => {
  it('shows what was understood, and lets one listen to it', async () => {
    const page = await choose();
    await sayASentence(page, 8000);
    expect(await screen.findByText('Good morning, I am ready.')).toBeVisible();
    expect(screen.getByText('This works. You can start.')).toBeVisible();
    expect(screen.getByLabelText('What you said')).toHaveAttribute('src', 'blob:tried');
    expect(page.wavs).toEqual([44 + 50 * 640]);
  });

  it.each([
    ['quiet', 250, /You are very quiet/],
    ['clipped', 32_767, /You are too loud/],
  ])('says what is wrong with the sound: %s', async (_, speech, words) => {
    await sayASentence(await choose(), speech, 5);
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByText('This works. You can start.')).toBeNull();
  });

  it('sends no silence to be made words of', async () => {
    const page = await choose();
    await sayASentence(page, 0, 0);
    expect(await screen.findByText(/Nothing was heard/)).toBeVisible();
    expect(page.wavs).toEqual([]);
    await page.user.click(screen.getByRole('button', { name: 'Type this interview instead' }));
    expect(screen.getByLabelText(/^Type/)).toBeChecked();
  });

  it('says that no words were understood', async () => {
    await sayASentence(await choose({ text: ' ' }), 8000);
    expect(await screen.findByText(/No words were understood/)).toBeVisible();
  });

  it('lets one type when the engine fails', async () => {
    await sayASentence(await choose({ fails: true }), 8000);
    expect(await screen.findByText('No engine answers at the moment.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Type this interview instead' })).toBeVisible();
  });

  it('says how to allow a microphone that was refused', async () => {
    const { sound, user } = await choose();
    sound.refuse('NotAllowedError');
    await user.click(screen.getByRole('button', { name: 'Try the microphone' }));
    expect(await screen.findByText(/left of the address/)).toBeVisible();
    sound.refuse(null);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: 'Say a sentence' })).toBeVisible();
  });

  it('ends by itself when somebody does not', async () => {
    const { sound, user } = await choose();
    await user.click(screen.getByRole('button', { name: 'Try the microphone' }));
    await user.click(await screen.findByRole('button', { name: 'Say a sentence' }));
    sound.hear(8000, 400);
    expect(await screen.findByRole('button', { name: 'Say it again' })).toBeVisible();
  });

  it('lets go of the microphone when the page is left', async () => {
    const { sound, user } = await choose();
    await user.click(screen.getByRole('button', { name: 'Try the microphone' }));
    await screen.findByRole('button', { name: 'Say a sentence' });
    await user.click(screen.getByLabelText(/^Type/));
    expect(sound.track.stopped).toBe(true);
  });
});
