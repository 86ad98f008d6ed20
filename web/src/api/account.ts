import { type QueryClient, useQuery } from '@tanstack/react-query';
import { draftsBelongTo } from '@/lib/drafts';
import { keepPreparation } from '@/lib/preparation';
import { sayWhySignedOut } from '@/lib/signed-out';
import { request } from './client';
import { ApiError } from './errors';
import type { Profile, SignedIn, User } from './types';

const ME = ['me'] as const;

async function fetchMe(): Promise<User | null> {
  try {
    const me = await request<User>('/api/users/me');
    draftsBelongTo(me.id);
    return me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** The person at the screen; null when nobody is signed in, not even as a guest. */
export function useMe() {
  return useQuery({ queryKey: ME, queryFn: fetchMe, staleTime: 60_000 });
}

/** Keeps nothing of the person before: their interviews and papers are not the next one's to see. */
export function becomeUser(queries: QueryClient, user: User | null) {
  const before = queries.getQueryData<User | null>(ME);
  if (before && before.id !== user?.id) {
    // The entry itself stays, or those who watch it would not hear of the change.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
    keepPreparation(null);
  }
  if (user) sayWhySignedOut(null);
  draftsBelongTo(user?.id ?? null);
  queries.setQueryData(ME, user);
}

/** Has the person at the screen looked up anew. */
export const forgetMe = (queries: QueryClient) => queries.invalidateQueries({ queryKey: ME });

/** Signs in as a guest when nobody is signed in. */
export async function ensureSignedIn(queries: QueryClient): Promise<User> {
  const me = await queries.fetchQuery({ queryKey: ME, queryFn: fetchMe, staleTime: 60_000 });
  if (me) return me;
  const { user } = await request<SignedIn>('/api/users/guest', { method: 'POST' });
  becomeUser(queries, user);
  return user;
}

type Registration = {
  email: string;
  password: string;
  name: string;
  consents: { purpose: string; version: string }[];
};

export const register = (body: Registration) =>
  request<SignedIn>('/api/users/register', { method: 'POST', body });
export const login = (body: { email: string; password: string }) =>
  request<SignedIn>('/api/users/login', { method: 'POST', body });
export const logout = () => request<void>('/api/users/logout', { method: 'POST', body: {} });
export const eraseAccount = () => request<void>('/api/users/me', { method: 'DELETE' });
export const saveProfile = (body: Profile) =>
  request<Profile>('/api/users/me/profile', { method: 'PUT', body });
export const updateMe = (body: {
  name?: string;
  email?: string;
  current_password?: string;
  new_password?: string;
}) => request<User>('/api/users/me', { method: 'PUT', body });

export const profileKey = ['profile'] as const;

export function useProfile() {
  return useQuery({
    queryKey: profileKey,
    queryFn: () => request<Profile>('/api/users/me/profile'),
  });
}
