import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { server } from '@/testing/server';
import { fetchResponse, request } from './client';
import { ApiError } from './errors';

const expired = () =>
  HttpResponse.json({ error: 'unauthenticated', message: 'Sign in again.' }, { status: 401 });

/** The error that the call ends with. */
async function refusal(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => new Error('the call went through'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw error;
  return error;
}

/** A server whose sign-in has run out; each renewal ends as told. `calls` lists what arrived. */
function serveExpired(renewal: () => Response) {
  const calls: string[] = [];
  let signedIn = false;
  server.use(
    http.all('/api/*', ({ request: { method, url } }) => {
      calls.push(`${method} ${new URL(url).pathname}`);
    }),
    http.post('/api/users/refresh', () => {
      const answer = renewal();
      signedIn = answer.ok;
      return answer;
    }),
    http.all('/api/*', () => (signedIn ? HttpResponse.json({ ok: true }) : expired())),
  );
  return calls;
}

describe('what is sent', () => {
  it('proves that this page sends it, as JSON, with its key', async () => {
    let seen: Request | undefined;
    server.use(
      http.post('/api/things', ({ request: sent }) => {
        seen = sent.clone();
        return HttpResponse.json({ id: 1 }, { status: 201 });
      }),
    );
    const answer = await request('/api/things', { method: 'POST', body: { a: 'é' }, idempotencyKey: 'k1' });
    expect(answer).toEqual({ id: 1 });
    expect(seen?.headers.get('x-greenroom-client')).toBe('web');
    expect(seen?.headers.get('content-type')).toBe('application/json');
    expect(seen?.headers.get('idempotency-key')).toBe('k1');
    expect(await seen?.json()).toEqual({ a: 'é' });
  });

  it('leaves the boundary of a form to the browser', async () => {
    let type: string | null = null;
    server.use(
      http.post('/api/resumes', ({ request: sent }) => {
        type = sent.headers.get('content-type');
        return HttpResponse.json({});
      }),
    );
    const body = new FormData();
    body.set('text', 'Robin Okafor');
    await request('/api/resumes', { method: 'POST', body });
    expect(type).not.toBe('application/json');
  });

  it('gives nothing for an answer without content', async () => {
    server.use(http.delete('/api/things/1', () => new HttpResponse(null, { status: 204 })));
    expect(await request('/api/things/1', { method: 'DELETE' })).toBeUndefined();
  });
});

it('says that the server is away as a refusal without a status', async () => {
  server.use(http.get('/api/things', () => HttpResponse.error()));
  expect(await refusal(request('/api/things'))).toMatchObject({ status: 0, code: 'offline' });
});

describe('when the sign-in has run out', () => {
  it('renews it once and sends the same again', async () => {
    const calls = serveExpired(() => HttpResponse.json({}));
    expect(await request('/api/things', { method: 'POST', body: {} })).toEqual({ ok: true });
    expect(calls).toEqual(['POST /api/things', 'POST /api/users/refresh', 'POST /api/things']);
  });

  it('renews it once for calls made at the same time', async () => {
    const calls = serveExpired(() => HttpResponse.json({}));
    await Promise.all([request('/api/one'), request('/api/two'), request('/api/three')]);
    expect(calls.filter((call) => call.endsWith('/refresh'))).toHaveLength(1);
  });

  it('gives the first refusal when it cannot be renewed, and stops', async () => {
    const calls = serveExpired(expired);
    const error = await refusal(request('/api/things'));
    expect(error).toMatchObject({ status: 401, message: 'Sign in again.' });
    expect(calls).toEqual(['GET /api/things', 'POST /api/users/refresh']);
  });

  it('does not go round when the renewed sign-in is refused too', async () => {
    const calls: string[] = [];
    server.use(
      http.post('/api/users/refresh', () => {
        calls.push('refresh');
        return HttpResponse.json({});
      }),
      http.get('/api/things', () => {
        calls.push('things');
        return expired();
      }),
    );
    expect(await refusal(request('/api/things'))).toMatchObject({ status: 401 });
    expect(calls).toEqual(['things', 'refresh', 'things']);
  });

  it('renews again the next time it runs out', async () => {
    let renewals = 0;
    let fresh = false;
    server.use(
      http.post('/api/users/refresh', () => {
        renewals += 1;
        fresh = true;
        return HttpResponse.json({});
      }),
      http.get('/api/things', () => (fresh ? HttpResponse.json({}) : expired())),
    );
    await request('/api/things');
    fresh = false;
    await request('/api/things');
    expect(renewals).toBe(2);
  });

  it.each(['login', 'register', 'guest', 'refresh'])(
    'takes a refused %s for an answer, not for a sign-in that ran out',
    async (way) => {
      const calls = serveExpired(expired);
      expect(await refusal(request(`/api/users/${way}`, { method: 'POST', body: {} }))).toMatchObject({
        status: 401,
      });
      expect(calls).toEqual([`POST /api/users/${way}`]);
    },
  );

  it('passes a file on as it came after renewing', async () => {
    let fresh = false;
    server.use(
      http.post('/api/users/refresh', () => {
        fresh = true;
        return HttpResponse.json({});
      }),
      http.get('/api/report', () => (fresh ? HttpResponse.text('%PDF-1.7') : expired())),
    );
    expect(await (await fetchResponse('/api/report')).text()).toBe('%PDF-1.7');
  });
});
