import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { fetchResponse, request } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Status = Schemas['StatusBody'];
export type QueuedJob = Schemas['QueuedJobBody'];
export type SpeechEngine = Schemas['SpeechEngineBody'];
export type Latency = Schemas['LatencyBody'];
type JobPage = Schemas['ListOf_QueuedJobBody'];

const LOOK_AGAIN_MS = 10_000;
const JOBS = '/api/admin/jobs';

export const STATUS_KEY = ['status'] as const;
export const DEAD_KEY = ['jobs', 'dead'] as const;

/** How the server is doing; looked at again every ten seconds. For administrators. */
export function useStatus() {
  return useQuery({
    queryKey: STATUS_KEY,
    queryFn: () => request<Status>('/api/admin/status'),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** How long turns of spoken interviews took in the last hours; looked at again each minute. For administrators. */
export function useLatency(hours: number) {
  return useQuery({
    queryKey: ['latency', hours],
    queryFn: () => request<Latency>(`/api/admin/voice/latency?hours=${hours}`),
    refetchInterval: 60_000,
  });
}

/** Background work that was given up, a page at a time. For administrators. */
export function useDeadJobs() {
  return useInfiniteQuery({
    queryKey: DEAD_KEY,
    queryFn: ({ pageParam }) =>
      request<JobPage>(`${JOBS}?status=dead${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

// 202 comes without a body.
export const retryJob = (id: string) => fetchResponse(`${JOBS}/${id}/retry`, { method: 'POST' });
export const dropJob = (id: string) => request<void>(`${JOBS}/${id}`, { method: 'DELETE' });
