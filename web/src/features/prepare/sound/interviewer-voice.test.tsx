import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it, vi } from 'vitest';
import { preferredVoice, preferVoice } from '@/lib/sound/preferred-voice';
import { stubAudio } from '@/testing/audio';
import { bring, servePreparation } from '@/testing/preparation';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { stubSound } from '@/testing/sound';
import { serveVoice } from '@/testing/voice';
import { PreparePage } from '../prepare-page';

const VOICES = [
  { id: 'ana', name: 'Ana', language: null, gender: null, manner: 'supportive' as const },
  { id: 'ben', name: 'Ben', language: null, gender: null, manner: 'professional' as const },
  { id: 'jan', name: 'Jan', language: 'de', gender: null, manner: null },
];

async function choose(voices: (typeof VOICES)[number][] = VOICES) {
  stubSound();
  const player = stubAudio();
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:sample', revokeObjectURL: () => undefined }),
  );
  bring();
  servePreparation();
  serveVoice({ voices });
  const asked: string[] = [];
  server.use(
    http.get('/api/voice/sample', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.arrayBuffer(new ArrayBuffer(44));
    }),
  );
  const page = renderPage(PreparePage, '/prepare');
  await page.user.click(await screen.findByLabelText(/^Speak/));
  return { ...page, ...player, asked };
}

const picker = () => screen.findByLabelText('The interviewer’s voice');

it('goes by the manner unless somebody chooses, and remembers what they chose', async () => {
  const { user } = await choose();
  expect(await picker()).toHaveDisplayValue('The one that suits the manner');
  expect(screen.getByText('Ben speaks for the professional interviewer.')).toBeVisible();
  await user.selectOptions(await picker(), 'Ana');
  expect(preferredVoice()).toBe('ana');
  await user.selectOptions(await picker(), 'The one that suits the manner');
  expect(preferredVoice()).toBeNull();
});

it('offers no voice that does not speak the language, also when it was chosen before', async () => {
  preferVoice('jan');
  await choose();
  expect(await picker()).toHaveDisplayValue('The one that suits the manner');
  expect(screen.queryByRole('option', { name: 'Jan' })).toBeNull();
});

it('lets one hear a voice, and stop it', async () => {
  const { user, audio, asked } = await choose();
  await user.selectOptions(await picker(), 'Ana');
  await user.click(screen.getByRole('button', { name: 'Hear Ana' }));
  await waitFor(() => expect(audio.isPlaying).toBe(true));
  expect(asked).toEqual(['?voice=ana&language=en']);
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  expect(audio.isPlaying).toBe(false);
  expect(screen.getByRole('button', { name: 'Hear Ana' })).toBeVisible();
});

it('says why a voice cannot be heard', async () => {
  const { user } = await choose();
  server.use(
    http.get('/api/voice/sample', () =>
      refusal(503, 'voice_unavailable', 'Nobody speaks here at the moment.'),
    ),
  );
  await user.click(await screen.findByRole('button', { name: 'Hear Ben' }));
  expect(await screen.findByText('Nobody speaks here at the moment.')).toBeVisible();
});

it('asks nothing where there is one voice', async () => {
  await choose(VOICES.slice(0, 1));
  await screen.findByRole('button', { name: 'Try the microphone' });
  expect(screen.queryByLabelText('The interviewer’s voice')).toBeNull();
});
