import { useQuery } from '@tanstack/react-query';
import { request } from './client';
import type { WaysIn } from './types';

export const waysInKey = ['ways-in'] as const;

/** By which ways one can sign in to the account that is here. */
export function useWaysIn(enabled: boolean) {
  return useQuery({
    queryKey: waysInKey,
    queryFn: () => request<WaysIn>('/api/users/me/identities'),
    enabled,
  });
}

export const unlink = (provider: string) =>
  request<void>(`/api/users/me/identities/${encodeURIComponent(provider)}`, { method: 'DELETE' });

type Leaving = { next?: string; link?: boolean; texts?: string };

/** Where the browser goes to sign in with a provider, or to link one. */
export function leaveUrl(provider: string, { next, link, texts }: Leaving): string {
  const query = new URLSearchParams();
  if (next) query.set('next', next);
  if (link) query.set('link', 'true');
  if (texts) query.set('texts', texts);
  return `/api/oauth/${encodeURIComponent(provider)}/start?${query}`;
}
