import { useQuery } from '@tanstack/react-query';
import { useMe } from './account';
import { request } from './client';
import type { components } from './schema';
import type { Page } from './types';

type Schemas = components['schemas'];

export type RetentionRule = Schemas['RetentionRuleBody'];
export type OwnRetention = Schemas['OwnRetentionBody'];
export type RetentionDue = Schemas['RetentionDueBody'];

/** How long what is kept. */
export function useRetentionRules() {
  return useQuery({
    queryKey: ['retention'],
    queryFn: async () => (await request<Page<RetentionRule>>('/api/retention')).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What the person at the screen has, and when it goes; nothing is asked while nobody is signed in. */
export function useOwnRetention() {
  const { data: me } = useMe();
  return useQuery({
    queryKey: ['retention', 'mine'],
    queryFn: async () => (await request<Page<OwnRetention>>('/api/users/me/retention')).items,
    enabled: Boolean(me),
  });
}

/** What the rules would delete now. For administrators. */
export function useRetentionDue() {
  return useQuery({
    queryKey: ['retention', 'due'],
    queryFn: async () => (await request<Page<RetentionDue>>('/api/admin/retention')).items,
  });
}
