import { useQuery } from '@tanstack/react-query';
import { request } from './client';
import type { About } from './types';

/** What this server is, and whom it sends words of candidates to. It does not change while a page is open. */
export function useAbout() {
  return useQuery({
    queryKey: ['about'],
    queryFn: () => request<About>('/api/about'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
