import { type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { request } from './client';
import { ApiError } from './errors';
import type { Answered, Page, Report, Retried, Session } from './types';

export const sessionKey = (id: string) => ['session', id] as const;
export const reportKey = (id: string) => ['report', id] as const;
export const historyKey = ['sessions'] as const;

export const fetchSession = (id: string) => request<Session>(`/api/sessions/${id}`);

export function useSession(id: string) {
  return useQuery({ queryKey: sessionKey(id), queryFn: () => fetchSession(id) });
}

/** Keeps an interview as it was read, unless something later is known of it. */
export function keepSession(queries: QueryClient, session: Session) {
  queries.setQueryData<Session>(sessionKey(session.id), (known) =>
    known && known.last_seq > session.last_seq ? undefined : session,
  );
}

/** `key` is made once for each answer, so that sending it again after a lost connection changes nothing. */
export const sendAnswer = (id: string, question_id: string, content: string, key: string) =>
  request<Answered>(`/api/sessions/${id}/answers`, {
    method: 'POST',
    body: { question_id, content },
    idempotencyKey: key,
  });

export const retryAnswer = (id: string, question_id: string, content: string, key: string) =>
  request<Retried>(`/api/sessions/${id}/retries`, {
    method: 'POST',
    body: { question_id, content },
    idempotencyKey: key,
  });

export const moveSession = (id: string, action: 'pause' | 'resume' | 'complete') =>
  request<Session>(`/api/sessions/${id}/${action}`, { method: 'PUT' });

/** Deletes; that another tab was faster is as good. */
export async function deleteSession(id: string): Promise<void> {
  try {
    await request<void>(`/api/sessions/${id}`, { method: 'DELETE' });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  }
}

/** The report; asked for again every second while answers are still being judged. */
export function useReport(id: string) {
  return useQuery({
    queryKey: reportKey(id),
    queryFn: () => request<Report>(`/api/sessions/${id}/report?format=json`),
    refetchInterval: ({ state }) => (state.data && state.data.pending_evaluations > 0 ? 1000 : false),
  });
}

export function useHistory(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: historyKey,
    queryFn: ({ pageParam }) =>
      request<Page<Session>>(`/api/sessions?limit=20${pageParam ? `&after=${pageParam}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    enabled,
  });
}
