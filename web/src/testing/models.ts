import { HttpResponse, http } from 'msw';
import type { JudgeCheck, JudgeChecks, KnownModel, Model, Models } from '@/api/models';
import type { User } from '@/api/types';
import { ROBIN } from './people';
import { server } from './server';

const ADMIN: User = { ...ROBIN, role: 'admin' };

export function model(name: string, changes: Partial<Model> = {}): Model {
  return {
    name,
    protocol: 'openai',
    base_url: 'http://10.0.0.7:8000/v1',
    model: 'qwen3',
    context: null,
    json: 'schema',
    enabled: true,
    source: 'database',
    standing: 'asked',
    key: 'set',
    key_ending: 'abcd',
    ...changes,
  };
}

const OPENAI: KnownModel = {
  name: 'openai',
  label: 'OpenAI',
  protocol: 'openai',
  base_url: 'https://api.openai.com/v1',
  needs_key: true,
  model: 'gpt-4.1-mini',
  context: 1_047_576,
  json: 'schema',
};

const OLLAMA: KnownModel = {
  name: 'ollama',
  label: 'Ollama',
  protocol: 'openai',
  base_url: 'http://127.0.0.1:11434/v1',
  needs_key: false,
  model: 'llama3.1',
  context: null,
  json: 'schema',
};

export function modelsOf(items: Model[], changes: Partial<Models> = {}): Models {
  return {
    asked: true,
    items,
    known: [OPENAI, OLLAMA],
    spending: {
      today_micros: 1_200,
      unpriced_calls: 0,
      day_cap_micros: 5_000_000,
      interview_cap_micros: null,
    },
    ...changes,
  };
}

export const BUILTIN: JudgeCheck = {
  provider: null,
  model: null,
  failure: null,
  ladder: {
    at: '2026-05-04T09:00:00Z',
    questions: 44,
    of: 44,
    rank_correlation: 0.92,
    inversions: 3,
    passed: true,
    failed: [],
    words: 'rank correlation .92, 3 inversions',
  },
};

export const CHECKS: JudgeChecks = { items: [BUILTIN], running: null, questions: 44, answers: 880 };

type Call = { call: string; body: unknown };

/** An administrator, and a server that keeps what is entered. Everything sent is kept, in order. */
export function serveModels(items: Model[], changes: Partial<Models> = {}) {
  const sent: Call[] = [];
  let kept = items;
  const gone: Model[] = [];
  const path = '/api/admin/models';
  server.use(
    http.all('*', async ({ request }) => {
      if (request.method === 'GET') return;
      const text = await request.clone().text();
      const call = `${request.method} ${new URL(request.url).pathname.replace(path, '')}`;
      sent.push({ call, body: text === '' ? null : JSON.parse(text) });
    }),
    http.get('/api/users/me', () => HttpResponse.json(ADMIN)),
    http.get(path, () => HttpResponse.json(modelsOf(kept, changes))),
    http.get('/api/admin/judge-checks', () => HttpResponse.json(CHECKS)),
    http.put(`${path}/order`, async ({ request }) => {
      const { names } = (await request.json()) as { names: string[] };
      const place = ({ name }: Model) => (names.includes(name) ? names.indexOf(name) : names.length);
      kept = kept.toSorted((a, b) => place(a) - place(b));
      return HttpResponse.json(modelsOf(kept, changes));
    }),
    http.post(path, async ({ request }) => {
      const { name, settings } = (await request.json()) as { name: string; settings: Partial<Model> };
      const added = model(name, settings);
      kept = [...kept, added];
      return HttpResponse.json(added, { status: 201 });
    }),
    http.put(`${path}/:name`, async ({ request, params }) => {
      const settings = (await request.json()) as Partial<Model>;
      kept = kept.map((one) => (one.name === params.name ? standing({ ...one, ...settings }) : one));
      return HttpResponse.json(kept.find(({ name }) => name === params.name));
    }),
    http.delete(`${path}/:name`, ({ params }) => {
      gone.push(...kept.filter(({ name }) => name === params.name));
      kept = kept.filter(({ name }) => name !== params.name);
      return new HttpResponse(null, { status: 204 });
    }),
    http.post(`${path}/:name/restore`, () => {
      kept = [...kept, ...gone.splice(0)];
      return HttpResponse.json(kept.at(-1));
    }),
  );
  return sent;
}

const standing = (one: Model): Model => ({ ...one, standing: one.enabled ? 'asked' : 'off' });
