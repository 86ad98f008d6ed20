import { HttpResponse, http } from 'msw';
import type { About, Profile, SignIn, User, WaysIn } from '@/api/types';
import { GUEST, ROBIN } from './people';
import { refusal, server } from './server';

export const PROFILE: Profile = {
  target_job_titles: ['Backend Engineer'],
  experience_level: null,
  industries: [],
  skills: ['Rust'],
  preferred_feedback_style: 'direct',
};

const signIn = (id: string, changes: Partial<SignIn> = {}): SignIn => ({
  id,
  device: 'Firefox on Linux',
  address: '203.0.113.x',
  created_at: '2026-05-01T09:00:00Z',
  last_used_at: '2026-05-04T09:00:00Z',
  expires_at: '2026-06-03T09:00:00Z',
  is_current: false,
  ...changes,
});

/** This computer, a phone, and something unknown. */
export const SIGN_INS = [
  signIn('01990000-0000-7000-8000-0000000000a1', { is_current: true }),
  signIn('01990000-0000-7000-8000-0000000000a2', { device: 'Safari on iPhone', address: '198.51.100.x' }),
  signIn('01990000-0000-7000-8000-0000000000a3', { device: '', address: '' }),
];

const WITH_PASSWORD: WaysIn = { has_password: true, linked: [] };

/** Who is here. Everything sent is kept by its address, such as `PUT /api/users/me`. */
export function serveAccount(here: User | null, signIn: About['sign_in'] = [], ways: WaysIn = WITH_PASSWORD) {
  const sent: Record<string, unknown> = {};
  server.use(
    http.all('*', async ({ request }) => {
      if (request.method === 'GET') return;
      const text = await request.clone().text();
      sent[`${request.method} ${new URL(request.url).pathname}`] = text === '' ? null : JSON.parse(text);
    }),
    http.get('/api/users/me', () =>
      here ? HttpResponse.json(here) : refusal(401, 'unauthenticated', 'No.'),
    ),
    http.get('/api/about', () =>
      HttpResponse.json({
        version: '0.1.0',
        outside: [],
        languages: ['en'],
        sign_in: signIn,
      } satisfies About),
    ),
    http.get('/api/users/me/identities', () => HttpResponse.json(ways)),
    http.post('/api/users/refresh', () => refusal(401, 'unauthenticated', 'No.')),
    http.get('/api/users/me/sessions', () => HttpResponse.json({ items: SIGN_INS, next: null })),
    http.delete('/api/users/me/sessions', () => HttpResponse.json({ ended: 2 })),
    http.delete('/api/users/me/sessions/:id', () => new HttpResponse(null, { status: 204 })),
    http.get('/api/users/me/profile', () => HttpResponse.json(PROFILE)),
    http.put('/api/users/me/profile', async ({ request }) =>
      HttpResponse.json((await request.json()) as Profile),
    ),
    http.post('/api/users/register', () => HttpResponse.json({ user: { ...ROBIN, id: GUEST.id } })),
    http.post('/api/users/login', () => HttpResponse.json({ user: ROBIN })),
    http.post('/api/users/logout', () => new HttpResponse(null, { status: 204 })),
    http.delete('/api/users/me', () => new HttpResponse(null, { status: 204 })),
    http.put('/api/users/me', async ({ request }) => {
      const { name = ROBIN.name, email = ROBIN.email } = (await request.json()) as Partial<User>;
      return HttpResponse.json({ ...ROBIN, name: name.trim(), email });
    }),
  );
  return sent;
}
