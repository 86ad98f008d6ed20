import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { request } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type AuditEntry = Schemas['AuditEntryBody'];
export type AuditVerification = Schemas['AuditVerificationBody'];
type AuditPage = Schemas['ListOf_AuditEntryBody'];

/** Which entries; what is empty narrows nothing. `since` and `until` are days, `until` with that day in it. */
export type AuditFilters = { action: string; actor: string; subject: string; since: string; until: string };

export const NO_FILTERS: AuditFilters = { action: '', actor: '', subject: '', since: '', until: '' };

const AUDIT = '/api/admin/audit';
const DAY_MS = 86_400_000;

/** Who did what, the newest first, a page at a time. For administrators. */
export function useAudit(filters: AuditFilters) {
  return useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam }) => {
      const query = queryOf(filters);
      if (pageParam) query.set('after', pageParam);
      return request<AuditPage>(`${AUDIT}?${query}`);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** Has the server look at every entry. */
export function useVerification() {
  return useMutation({ mutationFn: () => request<AuditVerification>(`${AUDIT}/verification`) });
}

/** Where the same entries are as a table (CSV). */
export const auditTable = (filters: AuditFilters) => `${AUDIT}/csv?${queryOf(filters)}`;

function queryOf({ action, actor, subject, since, until }: AuditFilters): URLSearchParams {
  const query = new URLSearchParams();
  const put = (name: string, value: string) => value.trim() && query.set(name, value.trim());
  put('action', action);
  put('actor', actor);
  put('subject', subject);
  put('since', since && startOf(since).toISOString());
  put('until', until && new Date(startOf(until).getTime() + DAY_MS).toISOString());
  return query;
}

/** The day begins where the person is. */
const startOf = (day: string) => new Date(`${day}T00:00:00`);
