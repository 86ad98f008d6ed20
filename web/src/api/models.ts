import { type QueryClient, useQuery } from '@tanstack/react-query';
import { request } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Models = Schemas['ModelsBody'];
export type Model = Schemas['ModelBody'];
export type KnownModel = Schemas['KnownModelBody'];
export type ModelSettings = Schemas['ModelSettingsBody'];
export type ModelSpending = Schemas['SpendingBody'];
export type ModelTestPart = Schemas['ModelTestPart'];
export type Finding = Schemas['FindingBody'];

const KEY = ['models'] as const;
const BASE = '/api/admin/models';
const at = (name: string) => `${BASE}/${encodeURIComponent(name)}`;

/** Language models as they are set up; for administrators. */
export function useModels() {
  return useQuery({ queryKey: KEY, queryFn: () => request<Models>(BASE) });
}

/** Fetches anew what a change touches: the list, and whom words of candidates go to. */
export async function modelsChanged(queries: QueryClient, models?: Models) {
  if (models) queries.setQueryData(KEY, models);
  await Promise.all([
    models ? undefined : queries.invalidateQueries({ queryKey: KEY }),
    queries.invalidateQueries({ queryKey: ['about'] }),
    queries.invalidateQueries({ queryKey: CHECKS }),
  ]);
}

export const addModel = (name: string, settings: ModelSettings) =>
  request<Model>(BASE, { method: 'POST', body: { name, settings } });
export const changeModel = (name: string, settings: ModelSettings) =>
  request<Model>(at(name), { method: 'PUT', body: settings });
export const deleteModel = (name: string) => request<void>(at(name), { method: 'DELETE' });
export const restoreModel = (name: string) => request<Model>(`${at(name)}/restore`, { method: 'POST' });
export const orderModels = (names: string[]) =>
  request<Models>(`${BASE}/order`, { method: 'PUT', body: { names } });

/** Tries one part; settings that are not saved when given. */
export const testModel = (name: string, part: ModelTestPart, settings: ModelSettings | null) =>
  request<Schemas['ModelTestedBody']>(`${BASE}/test`, {
    method: 'POST',
    body: settings ? { name, part, settings } : { name, part },
  });

/** The settings of a saved one, its key as it is. */
export function settingsOf(model: Model): ModelSettings {
  const { protocol, base_url, model: named, context = null, json, enabled } = model;
  return { protocol, base_url, model: named, context, json, enabled };
}

export type JudgeChecks = Schemas['JudgeChecksBody'];
export type JudgeCheck = Schemas['JudgeCheckBody'];

const CHECKS = ['judge-checks'] as const;
const CHECKS_AT = '/api/admin/judge-checks';
const LOOK_AGAIN_MS = 1500;

/** What each judge showed on the ladder. Looked at again while one is tried. */
export function useJudgeChecks() {
  return useQuery({
    queryKey: CHECKS,
    queryFn: () => request<JudgeChecks>(CHECKS_AT),
    refetchInterval: ({ state }) => (state.data?.running ? LOOK_AGAIN_MS : false),
  });
}

export async function startJudgeCheck(
  queries: QueryClient,
  provider: string | null,
  questions: number | null,
) {
  const begun = await request<JudgeChecks>(CHECKS_AT, { method: 'POST', body: { provider, questions } });
  queries.setQueryData(CHECKS, begun);
}
