import { type QueryClient, useQuery } from '@tanstack/react-query';
import { request } from './client';
import type { Page, SignIn } from './types';

const signInsKey = ['sign-ins'] as const;
const LIST = '/api/users/me/sessions';

/** Where the person is signed in, the last used first. */
export function useSignIns() {
  return useQuery({
    queryKey: signInsKey,
    queryFn: async () => (await request<Page<SignIn>>(LIST)).items,
  });
}

/** Ends one; or takes one that fell off the account's alerts. */
export const endSignIn = (id: string) => request<void>(`${LIST}/${id}`, { method: 'DELETE' });
export const endOtherSignIns = () => request<{ ended: number }>(LIST, { method: 'DELETE' });

/** Has the list fetched anew after something has ended. */
export const signInsChanged = (queries: QueryClient) => queries.invalidateQueries({ queryKey: signInsKey });
