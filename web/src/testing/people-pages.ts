import { HttpResponse, http } from 'msw';
import type { Person } from '@/api/people';
import { ROBIN } from './people';
import { server } from './server';

export const ADMIN = { ...ROBIN, role: 'admin' } as const;

export function person(name: string, changes: Partial<Person> = {}): Person {
  return {
    id: `01990000-0000-7000-8000-${name.toLowerCase().padEnd(12, '0').slice(0, 12)}`,
    email: `${name.toLowerCase()}@example.com`,
    name,
    role: 'job_seeker',
    is_guest: false,
    expires_at: null,
    created_at: '2026-05-01T09:00:00Z',
    locked_at: null,
    sign_ins: 1,
    last_used_at: '2026-05-04T09:00:00Z',
    ...changes,
  };
}

/** An administrator, and these people. What is asked of the server, but for the lists, is kept. */
export function servePeople(people: Person[]) {
  const sent: string[] = [];
  const lists: string[] = [];
  let left = people;
  const change = (id: unknown, changes: Partial<Person>) => {
    left = left.map((one) => (one.id === id ? { ...one, ...changes } : one));
    return HttpResponse.json(left.find((one) => one.id === id) ?? null);
  };
  const nameOf = (id: unknown) => left.find((one) => one.id === id)?.name ?? '';
  server.use(
    http.get('/api/users/me', () => HttpResponse.json(ADMIN)),
    http.get('/api/admin/users', ({ request }) => {
      const query = new URL(request.url).searchParams;
      lists.push(query.toString());
      const q = (query.get('q') ?? '').toLowerCase();
      const items = left.filter((one) => `${one.name} ${one.email}`.toLowerCase().includes(q));
      return HttpResponse.json({ items, next: null });
    }),
    http.put('/api/admin/users/:id/role', async ({ params, request }) => {
      const { role } = (await request.json()) as { role: Person['role'] };
      sent.push(`${nameOf(params.id)} becomes ${role}`);
      return change(params.id, { role });
    }),
    http.post('/api/admin/users/:id/lock', ({ params }) => {
      sent.push(`lock ${nameOf(params.id)}`);
      return change(params.id, { locked_at: '2026-05-04T10:00:00Z', sign_ins: 0, last_used_at: null });
    }),
    http.post('/api/admin/users/:id/unlock', ({ params }) => {
      sent.push(`unlock ${nameOf(params.id)}`);
      return change(params.id, { locked_at: null });
    }),
    http.delete('/api/admin/users/:id/sessions', ({ params }) => {
      sent.push(`sign out ${nameOf(params.id)}`);
      change(params.id, { sign_ins: 0, last_used_at: null });
      return HttpResponse.json({ ended: 1 });
    }),
    http.delete('/api/admin/users/:id', ({ params }) => {
      sent.push(`erase ${nameOf(params.id)}`);
      left = left.filter((one) => one.id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return { sent, lists };
}
