import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Delivery } from '@/api/delivery';
import { stubAudio } from '@/testing/audio';
import { session } from '@/testing/people';
import { serveDelivery, serveRecording } from '@/testing/recording';
import { renderPage } from '@/testing/render-page';
import { entry, report, serveReport } from '@/testing/report';
import { refusal } from '@/testing/server';
import { ReportPage } from '../report-page';

const DELIVERY: Delivery = {
  status: 'ready',
  measures: [
    {
      key: 'words_per_minute',
      value: 171.4,
      unit: 'words_per_minute',
      norm: { low: 120, high: 160, source: 'National Center for Voice and Speech' },
    },
    {
      key: 'longest_pause_s',
      value: 3.24,
      unit: 's',
      norm: { high: 5, source: 'Longer, and listeners ask whether one is done' },
    },
    {
      key: 'clipped_share',
      value: 0.0004,
      unit: 'share',
      norm: { high: 0.001, source: 'Heard as distortion above' },
    },
    { key: 'loudness_spread_db', unit: 'db', left_out: 'auto_gain', norm: { source: 'No range' } },
    {
      key: 'fillers_per_hundred_words',
      unit: 'in 100 words',
      left_out: 'fillers_not_kept',
      norm: { high: 6, source: 'Bortfeld et al. (2001)' },
    },
  ],
  moments: [{ kind: 'long_pause', from_ms: 12_000, to_ms: 15_200, says: '3.2 s of silence' }],
};

function open(delivery: Delivery | null, channel: 'voice' | 'text' = 'voice') {
  const sound = stubAudio();
  serveReport(report([entry('I led.')], { session: session('one', { status: 'completed', channel }) }));
  serveRecording();
  if (delivery) serveDelivery(delivery);
  return { ...sound, ...renderPage(ReportPage, '/report/one', '/report/:id') };
}

const section = async () =>
  within((await screen.findByRole('heading', { name: 'How you sounded' })).closest('section') as HTMLElement);

it('says each number with its unit, what is usual, and who says so', async () => {
  open(DELIVERY);
  const shown = await section();
  const row = async (name: string) => (await shown.findByRole('heading', { name })).closest('li');
  expect(await row('Pace')).toHaveTextContent(
    /171 words a minute.*Usual: 120 to 160 words a minute\.National Center/,
  );
  expect(await row('Longest pause')).toHaveTextContent(/3\.2 s.*Usual: up to 5 s\.Longer, and/);
  expect(await row('Distorted sound')).toHaveTextContent(/0\.04 %.*Usual: up to 0\.1 %/);
  expect(shown.getByText(/no mark and no part of your score/)).toBeVisible();
});

it('says what was left out, and why, and puts no zero in its place', async () => {
  open(DELIVERY);
  const shown = await section();
  const left = (await shown.findByRole('heading', { name: 'Left out' })).parentElement;
  expect(left).toHaveTextContent(/Loud and soft: your browser may have turned the microphone up and down/);
  expect(left).toHaveTextContent(/“Um” and “uh”: the engine that listened leaves them out/);
  expect(shown.queryByRole('heading', { name: 'Loud and soft' })).toBeNull();
});

it('plays a moment that is worth it', async () => {
  const { audio, user } = open(DELIVERY);
  await user.click(await screen.findByRole('button', { name: /^Hear it 0:12.*a long pause$/ }));
  expect(audio.currentTime).toBe(12);
});

it('names a moment also where there is no sound to hear', async () => {
  open(DELIVERY);
  serveRecording(refusal(404, 'recording_not_found', 'No.'));
  serveDelivery(DELIVERY);
  expect(await screen.findByText('A long pause')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Hear it/ })).toBeNull();
});

it('says why there are no numbers', async () => {
  open({
    status: 'not_available',
    reason: 'Nothing of this interview was spoken.',
    measures: [],
    moments: [],
  });
  expect(await screen.findByText('Nothing of this interview was spoken.')).toBeVisible();
});

it('is no part of a written interview, or of a server that does not measure', async () => {
  open(null);
  await screen.findByRole('heading', { name: 'Question by question' });
  await screen.findByRole('slider');
  expect(screen.queryByRole('heading', { name: 'How you sounded' })).toBeNull();
});
