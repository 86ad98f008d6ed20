import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from './client';
import type { components } from './schema';
import type { Page } from './types';

type Schemas = components['schemas'];

export type Person = Schemas['ManagedUserBody'];
export type Role = Schemas['Role'];
export type PeopleGroup = Schemas['UserGroupName'];

/** What to look for; an empty string is no wish. */
export type PeopleFilters = { q: string; role: Role | ''; group: PeopleGroup };

/** What an administrator does to an account. */
export type Action = { do: 'role'; role: Role } | { do: 'lock' | 'unlock' | 'sign_out' | 'erase' };

const PEOPLE = '/api/admin/users';
const KEY = ['people'] as const;

function queryOf({ q, role, group }: PeopleFilters, after: string | null): string {
  const query = new URLSearchParams({ group });
  if (q.trim() !== '') query.set('q', q.trim());
  if (role !== '') query.set('role', role);
  if (after) query.set('after', after);
  return query.toString();
}

/** People, the newest first, page by page. For administrators. */
export function usePeople(filters: PeopleFilters) {
  return useInfiniteQuery({
    queryKey: [...KEY, filters],
    queryFn: ({ pageParam }) => request<Page<Person>>(`${PEOPLE}?${queryOf(filters, pageParam)}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
    placeholderData: keepPreviousData,
  });
}

/** Does it; the lists are fetched anew afterwards. */
export function useAct(person: Person, onDone: (action: Action) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: Action) => act(person.id, action),
    onSuccess: async (_, action) => {
      onDone(action);
      await refresh(queries);
    },
  });
}

function act(id: string, action: Action): Promise<unknown> {
  const at = `${PEOPLE}/${id}`;
  switch (action.do) {
    case 'role':
      return request(`${at}/role`, { method: 'PUT', body: { role: action.role } });
    case 'lock':
      return request(`${at}/lock`, { method: 'POST' });
    case 'unlock':
      return request(`${at}/unlock`, { method: 'POST' });
    case 'sign_out':
      return request(`${at}/sessions`, { method: 'DELETE' });
    case 'erase':
      return request(at, { method: 'DELETE' });
  }
}

const refresh = (queries: QueryClient) => queries.invalidateQueries({ queryKey: KEY });
