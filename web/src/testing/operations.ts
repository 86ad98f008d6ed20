import { HttpResponse, http } from 'msw';
import type { Latency, QueuedJob, Status } from '@/api/operations';
import { ROBIN } from './people';
import { server } from './server';

const STATUS: Status = {
  version: '0.1.0',
  node: 'node-1',
  engine: 'postgres',
  dependencies: [
    { name: 'database', problem: null, is_vital: true, latency_ms: 0.4 },
    { name: 'disk', problem: null, is_vital: true, latency_ms: 0.1 },
  ],
  disk: { free_bytes: 30_000_000_000, size_bytes: 100_000_000_000 },
  memory: { used_bytes: 60_000_000, limit_bytes: 2_000_000_000 },
  pools: [{ name: 'all', busy: 1, idle: 3, max: 8 }],
  work: [],
  providers: [],
  speech: [],
  spending: {
    today_micros: 1_200_000,
    unpriced_calls: 0,
    day_cap_micros: 5_000_000,
    interview_cap_micros: null,
  },
  days: [],
};

export function deadJob(id: string, changes: Partial<QueuedJob> = {}): QueuedJob {
  return {
    id,
    kind: 'evaluate_answer',
    status: 'dead',
    payload: `{"response_id":"${id}"}`,
    run_at: '2026-05-04T09:00:00Z',
    attempts: 8,
    error: 'it took too long',
    ...changes,
  };
}

const NO_TURNS: Latency = { hours: 6, all: { count: 0, stages: [] }, engines: [] };

/** An administrator, and a server in this state. Calls that change something are kept. */
export function serveOperations(
  changes: Partial<Status> = {},
  dead: QueuedJob[] = [],
  latency: Latency = NO_TURNS,
) {
  const sent: string[] = [];
  let left = dead;
  const acted = (what: string, id: unknown) => {
    sent.push(`${what} ${String(id)}`);
    left = left.filter((job) => job.id !== id);
  };
  server.use(
    http.get('/api/users/me', () => HttpResponse.json({ ...ROBIN, role: 'admin' })),
    http.get('/api/admin/status', () => HttpResponse.json({ ...STATUS, ...changes })),
    http.get('/api/admin/voice/latency', () => HttpResponse.json(latency)),
    http.get('/api/admin/jobs', () => HttpResponse.json({ items: left, next: null })),
    http.post('/api/admin/jobs/:id/retry', ({ params }) => {
      acted('retry', params.id);
      return new HttpResponse(null, { status: 202 });
    }),
    http.delete('/api/admin/jobs/:id', ({ params }) => {
      acted('drop', params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return sent;
}
