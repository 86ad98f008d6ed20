import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ensureSignedIn, useMe } from './account';
import { request } from './client';
import type { Consents, ConsentText, Page, Purpose } from './types';

const mineKey = ['consents'] as const;

/** The texts of today that people may agree to. */
export function useConsentTexts() {
  return useQuery({
    queryKey: ['consent-texts'],
    queryFn: async () => (await request<Page<ConsentText>>('/api/consents')).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What the person at the screen agrees to; nothing is asked while nobody is signed in, or it is not needed. */
export function useConsents(needed = true) {
  const { data: me } = useMe();
  return useQuery({
    queryKey: mineKey,
    queryFn: () => request<Consents>('/api/users/me/consents'),
    enabled: Boolean(me) && needed,
  });
}

const keep = (queries: QueryClient) => (consents: Consents) => {
  queries.setQueryData(mineKey, consents);
  // Who may hear and speak goes by it.
  void queries.invalidateQueries({ queryKey: ['voice'] });
};

/** Agrees to a text as it was shown, or withdraws. Who is not signed in becomes a guest first. */
export function useChangeConsent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ text, agree }: { text: ConsentText; agree: boolean }) => {
      await ensureSignedIn(queries);
      const path = `/api/users/me/consents/${text.purpose satisfies Purpose}`;
      return agree
        ? request<Consents>(path, { method: 'PUT', body: { version: text.version } })
        : request<Consents>(path, { method: 'DELETE' });
    },
    onSuccess: keep(queries),
    onError: () => queries.invalidateQueries({ queryKey: ['consent-texts'] }),
  });
}
