import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { request } from './client';
import type { components } from './schema';
import type { Page } from './types';

type Schemas = components['schemas'];

export type Curated = Schemas['CuratedQuestionBody'];
export type BankQuestion = Schemas['BankQuestion'];
export type BankEntry = Schemas['BankEntry'];
type BankRole = Schemas['BankRoleBody'];
export type Version = Schemas['QuestionVersionBody'];
export type Drift = Schemas['DriftBody'];
export type Calibration = Schemas['CalibrationBody'];
export type Imported = Schemas['BankImportedBody'];
export type ImportNote = Schemas['BankNoteBody'];
export type QuestionFormat = Schemas['QuestionFormat'];

/** What to look for; an empty string is no wish. */
export type BankFilters = {
  q: string;
  role: string;
  language: string;
  type: string;
  difficulty: string;
  competency: string;
  state: string;
};

const KEY = ['bank'] as const;
const at = (id: string) => `/api/bank/questions/${encodeURIComponent(id)}`;
const PAGE = 20;
const LOOK_AGAIN_MS = 1500;

function queryOf({ state, ...filters }: BankFilters, after: string | null): string {
  const wanted = Object.entries(filters).filter(([, value]) => value !== '');
  const query = new URLSearchParams([...wanted, ['limit', String(PAGE)]]);
  if (state === 'retired') query.set('retired', 'true');
  else if (state !== '') query.set('origin', state);
  if (after) query.set('after', after);
  return query.toString();
}

/** Questions that fit, page by page. */
export function useBank(filters: BankFilters) {
  return useInfiniteQuery({
    queryKey: [...KEY, 'list', filters],
    queryFn: ({ pageParam }) => request<Page<Curated>>(`/api/bank?${queryOf(filters, pageParam)}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
    placeholderData: keepPreviousData,
  });
}

export function useBankRoles() {
  return useQuery({
    queryKey: [...KEY, 'roles'],
    queryFn: () => request<Page<BankRole>>('/api/bank/roles'),
    staleTime: Number.POSITIVE_INFINITY,
    select: ({ items }) => items,
  });
}

/** One question, in one of its languages. */
export function useBankQuestion(id: string, language: string) {
  return useQuery({
    queryKey: [...KEY, 'one', id, language],
    queryFn: () => request<Curated>(`${at(id)}?language=${language}`),
  });
}

/** Its versions, the newest first; none for what ships. */
export function useVersions(id: string) {
  return useQuery({
    queryKey: [...KEY, 'versions', id],
    queryFn: () => request<Page<Version>>(`${at(id)}/versions`),
    select: ({ items }) => items,
  });
}

export const saveQuestion = (entry: BankEntry) =>
  request<Curated>(at(entry.question.id), { method: 'PUT', body: entry });
export const retireQuestion = (id: string) => request<void>(at(id), { method: 'DELETE' });

/** What the checks say of a question that is not stored yet. */
export async function checkQuestion(entry: BankEntry): Promise<ImportNote[]> {
  const { notes } = await importQuestions('jsonl', JSON.stringify(entry), true);
  return notes;
}

export const importQuestions = (format: QuestionFormat, content: string, dry_run: boolean) =>
  request<Imported>('/api/bank/import', { method: 'POST', body: { format, content, dry_run } });

/** Fetches anew whatever shows questions. */
export const bankChanged = (queries: QueryClient) => queries.invalidateQueries({ queryKey: KEY });

/** Where calibration stands; looked at again while one waits or runs. What it found is fetched when it is done. */
export function useCalibration() {
  const queries = useQueryClient();
  const standing = useQuery({
    queryKey: ['calibration'],
    queryFn: () => request<Calibration>('/api/bank/calibration'),
    refetchInterval: ({ state }) => (isBusy(state.data) ? LOOK_AGAIN_MS : false),
  });
  const busy = isBusy(standing.data);
  const was = useRef(busy);
  useEffect(() => {
    if (was.current && !busy) void bankChanged(queries);
    was.current = busy;
  }, [busy, queries]);
  return standing;
}

export const isBusy = (standing: Calibration | undefined) => Boolean(standing?.waiting || standing?.running);

export async function startCalibration(queries: QueryClient) {
  queries.setQueryData(
    ['calibration'],
    await request<Calibration>('/api/bank/calibration', { method: 'POST' }),
  );
}

/** Calibrated questions, those that somebody should look at first. */
export function useDrift() {
  return useQuery({
    queryKey: [...KEY, 'drift'],
    queryFn: () => request<Page<Drift>>('/api/bank/drift'),
    select: ({ items }) => items,
  });
}
