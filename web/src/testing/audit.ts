import { HttpResponse, http } from 'msw';
import type { AuditEntry, AuditVerification } from '@/api/audit';
import { ROBIN } from './people';
import { server } from './server';

export function auditEntry(id: string, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    at: '2026-05-04T09:00:00Z',
    actor: '01a00000-0000-7000-8000-000000000007',
    action: 'models.changed',
    subject: 'openai',
    details: 'a model provider was added',
    ...changes,
  };
}

const FINE: AuditVerification = {
  entries: 2,
  unknown: 0,
  fault: null,
  fault_at: null,
  mark: '2:h1.0a1b.seal',
};

/** An administrator, and a log of these pages. Queries are kept. */
export function serveAudit(pages: AuditEntry[][], found: Partial<AuditVerification> = {}) {
  const queries: string[] = [];
  server.use(
    http.get('/api/users/me', () => HttpResponse.json({ ...ROBIN, role: 'admin' })),
    http.get('/api/admin/audit', ({ request }) => {
      const { searchParams } = new URL(request.url);
      queries.push(searchParams.toString());
      const at = Number(searchParams.get('after') ?? '0');
      const next = at + 1 < pages.length ? String(at + 1) : null;
      return HttpResponse.json({ items: pages[at] ?? [], next });
    }),
    http.get('/api/admin/audit/verification', () => HttpResponse.json({ ...FINE, ...found })),
  );
  return queries;
}
