import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { VoiceAbout } from '@/api/voice';
import { prefersRealtime } from '@/lib/sound/preferred-way';
import { serveConsents } from '@/testing/consents';
import { bring, servePreparation } from '@/testing/preparation';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { stubSound } from '@/testing/sound';
import { serveVoice } from '@/testing/voice';
import { PreparePage } from '../prepare-page';

async function choose(about: Partial<VoiceAbout> = {}) {
  stubSound();
  bring();
  servePreparation();
  const { versions } = serveConsents();
  server.use(
    http.get('/api/about', () =>
      HttpResponse.json({
        version: '0.1.0',
        outside: [{ provider: 'openai', model: 'gpt-realtime', purpose: 'realtime', needs_consent: true }],
        languages: ['en'],
        sign_in: [],
      }),
    ),
  );
  serveVoice(about);
  const page = renderPage(PreparePage, '/prepare');
  await page.user.click(await screen.findByLabelText(/^Speak/));
  return { ...page, versions };
}

it('is asked where one model may hear and speak, and remembered', async () => {
  const { user } = await choose({ realtime: true });
  expect(await screen.findByLabelText(/^As it is written/)).toBeChecked();
  expect(screen.getByText(/the question as written is what counts/)).toBeVisible();
  await user.tab();
  await user.click(screen.getByLabelText(/^As in a talk/));
  expect(prefersRealtime()).toBe(true);
  await user.keyboard('{ArrowUp}');
  expect(screen.getByLabelText(/^As it is written/)).toBeChecked();
  expect(prefersRealtime()).toBe(false);
});

it('is not asked where nobody may', async () => {
  await choose();
  await screen.findByRole('button', { name: 'Try the microphone' });
  expect(screen.queryByText('How the interviewer talks')).toBeNull();
});

it('is asked once the person agrees that another company hears and speaks', async () => {
  const about = { sound_leaves: true, words_leave: true, hears_at_home: true };
  const { user, versions } = await choose(about);
  const box = await screen.findByLabelText(/as in a talk, send both to OpenAI gpt-realtime/);
  expect(screen.queryByText('How the interviewer talks')).toBeNull();
  serveVoice({ ...about, realtime: true });
  await user.click(box);
  await waitFor(() => expect(versions).toHaveLength(1));
  expect(await screen.findByText('How the interviewer talks')).toBeVisible();
});
