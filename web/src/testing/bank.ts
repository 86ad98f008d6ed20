import { HttpResponse, http } from 'msw';
import type { BankEntry, BankQuestion, Calibration, Curated, Drift, Imported, Version } from '@/api/bank';
import type { User } from '@/api/types';
import { ROBIN } from './people';
import { server } from './server';

const CURATOR: User = { ...ROBIN, role: 'curator' };

export function bankQuestion(id: string, changes: Partial<BankQuestion> = {}): BankQuestion {
  return {
    id,
    type: 'technical',
    competency: 'planning',
    difficulty: 'beginner',
    minutes: 2,
    tags: ['kitchen'],
    text: 'How do you make a brown stock?',
    reference: 'I roast the bones and start in cold water.',
    red_flags: ['Takes powder'],
    key_points: [{ point: 'Roasts the bones', says: 'I roast the bones.', weight: 3 }],
    follow_ups: [{ asks_for: 1, text: 'How dark do they get?' }],
    sounds_like: { '1': 'I buy it.', '5': 'I roast bones.', '9': 'I roast bones and start cold.' },
    ...changes,
  };
}

export function curated(id: string, changes: Partial<Curated> = {}): Curated {
  return {
    role: 'general',
    role_title: 'Any job',
    competency_label: 'Planning',
    origin: 'shipped',
    version: null,
    retired: false,
    changed_at: null,
    source: null,
    licence: null,
    reviewed_on: '2026-11-21',
    languages: ['en', 'de'],
    calibration: null,
    question: bankQuestion(id),
    ...changes,
  };
}

export function drift(question_id: string, changes: Partial<Drift> = {}): Drift {
  return {
    question_id,
    text: 'How do you make a brown stock?',
    level: 'beginner',
    authored: -1,
    difficulty: -0.4,
    standard_error: 0.12,
    discrimination: 1.1,
    answers: 64,
    flagged: true,
    calibrated_at: '2026-11-20T10:00:00Z',
    ...changes,
  };
}

export const IMPORTED: Imported = {
  dry_run: true,
  rows: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  notes: [],
};

type Served = {
  me?: User | null;
  questions?: Curated[];
  versions?: Version[];
  standings?: Calibration[];
  found?: Drift[];
  imported?: (content: string, dry: boolean) => Imported;
};

export const STANDING: Calibration = {
  calibrated_at: null,
  running: null,
  waiting: false,
  questions: 0,
  flagged: 0,
};

/** The server of the bank's pages. `searches` are the queries that were made, `saved` what was stored, in order. */
export function serveBank(served: Served = {}) {
  const { me = CURATOR, questions = [curated('general.stock')], versions = [], found = [] } = served;
  const standings = served.standings ?? [STANDING];
  const searches: URLSearchParams[] = [];
  const saved: BankEntry[] = [];
  const calls: string[] = [];
  const named = (id: unknown) => questions.find(({ question }) => question.id === id);
  server.use(
    http.all('*', ({ request: { method, url } }) => {
      if (method !== 'GET') calls.push(`${method} ${decodeURIComponent(new URL(url).pathname)}`);
    }),
    http.get('/api/users/me', () =>
      me ? HttpResponse.json(me) : HttpResponse.json({ error: 'unauthenticated' }, { status: 401 }),
    ),
    http.post('/api/users/refresh', () => new HttpResponse(null, { status: 401 })),
    http.get('/api/competencies', () =>
      HttpResponse.json({ items: [{ key: 'planning', label: 'Planning', kind: 'core', description: '' }] }),
    ),
    http.get('/api/bank/roles', () =>
      HttpResponse.json({
        items: [
          { key: 'general', title: 'Any job', questions: 40 },
          { key: 'chef', title: 'Chef', questions: 20 },
        ],
      }),
    ),
    http.get('/api/bank', ({ request }) => {
      searches.push(new URL(request.url).searchParams);
      return HttpResponse.json({ items: questions, next: null });
    }),
    http.get('/api/bank/questions/:id', ({ params }) => {
      const one = named(params.id);
      return one
        ? HttpResponse.json(one)
        : HttpResponse.json(
            { error: 'question_not_found', message: 'There is no such question.' },
            { status: 404 },
          );
    }),
    http.get('/api/bank/questions/:id/versions', () => HttpResponse.json({ items: versions, next: null })),
    http.put('/api/bank/questions/:id', async ({ request, params }) => {
      const entry = (await request.json()) as BankEntry;
      saved.push(entry);
      const one = named(params.id);
      return HttpResponse.json({
        ...curated(String(params.id)),
        ...one,
        question: entry.question,
        origin: 'own',
        version: (one?.version ?? 0) + 1,
      });
    }),
    http.delete('/api/bank/questions/:id', () => new HttpResponse(null, { status: 204 })),
    http.post('/api/bank/import', async ({ request }) => {
      const { content, dry_run } = (await request.json()) as { content: string; dry_run: boolean };
      const result = served.imported?.(content, dry_run) ?? { ...IMPORTED, rows: 1, added: 1 };
      return HttpResponse.json({ ...result, dry_run });
    }),
    http.get('/api/bank/calibration', () =>
      HttpResponse.json(standings.length > 1 ? standings.shift() : standings[0]),
    ),
    http.post('/api/bank/calibration', () =>
      HttpResponse.json({ ...STANDING, waiting: true }, { status: 202 }),
    ),
    http.get('/api/bank/drift', () => HttpResponse.json({ items: found, next: null })),
  );
  return { searches, saved, calls };
}
