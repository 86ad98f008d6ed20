import { HttpResponse, http } from 'msw';
import type { OwnRetention, RetentionRule } from '@/api/retention';
import { server } from './server';

export const RULES: RetentionRule[] = [
  {
    kind: 'guests',
    what: 'Guests, with everything of theirs',
    kept: '24 hours after they began',
    is_personal: true,
  },
  { kind: 'resumes', what: 'Resumes', kept: '90 days after they were brought', is_personal: true },
  {
    kind: 'recordings',
    what: 'Recordings of spoken interviews',
    kept: '30 days after they were made',
    is_personal: true,
  },
  { kind: 'audit', what: 'The audit log', kept: '2 years after an entry was made', is_personal: false },
];

/** The rules, and what the person has. */
export function serveRetention(mine: OwnRetention[] = []) {
  server.use(
    http.get('/api/retention', () => HttpResponse.json({ items: RULES, next: null })),
    http.get('/api/users/me/retention', () => HttpResponse.json({ items: mine, next: null })),
  );
}
