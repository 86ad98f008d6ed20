import { HttpResponse, http } from 'msw';
import type { Consents, ConsentText } from '@/api/types';
import { server } from './server';

const TEXTS: ConsentText[] = [
  {
    purpose: 'model_vendor',
    version: '2026-11-21.1f0c33aa',
    title: 'Language models of other companies',
    paragraphs: ['With your consent, a language model of another company leads your interview.'],
  },
  {
    purpose: 'speech_vendor',
    version: '2026-11-22.5d1e90ab',
    title: 'Speech engines of other companies',
    paragraphs: ['With your consent, engines of other companies hear and speak.'],
  },
  {
    purpose: 'recording',
    version: '2026-11-21.0b52e9d7',
    title: 'Recording your voice',
    paragraphs: ['With your consent, the sound is kept.'],
  },
  {
    purpose: 'camera_numbers',
    version: '2026-11-22.7c1d2e03',
    title: 'Numbers from the camera',
    paragraphs: ['No picture and no number leaves this device.'],
  },
];

/** The texts, and a person who agrees and withdraws. `versions` are those that were agreed to, in order. */
export function serveConsents(consents: Consents = { given: [], agreed: [] }) {
  let mine = consents;
  const versions: string[] = [];
  server.use(
    http.get('/api/consents', () => HttpResponse.json({ items: TEXTS, next: null })),
    http.get('/api/users/me/consents', () => HttpResponse.json(mine)),
    http.put('/api/users/me/consents/:purpose', async ({ params, request }) => {
      const { version } = (await request.json()) as { version: string };
      const purpose = params.purpose as ConsentText['purpose'];
      versions.push(version);
      mine = { given: [{ purpose, version, given_at: '2026-11-21T10:00:00Z' }], agreed: [purpose] };
      return HttpResponse.json(mine);
    }),
    http.delete('/api/users/me/consents/:purpose', () => {
      const withdrawn_at = '2026-11-22T10:00:00Z';
      mine = { given: mine.given.map((one) => ({ ...one, withdrawn_at })), agreed: [] };
      return HttpResponse.json(mine);
    }),
  );
  return { versions };
}
