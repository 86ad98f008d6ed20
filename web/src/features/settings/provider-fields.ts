import type { KnownModel, Model, ModelSettings } from '@/api/models';

/** What the form holds: as typed. */
export type Draft = {
  name: string;
  base_url: string;
  model: string;
  key: string;
  /** Takes a saved key away. */
  removeKey: boolean;
  protocol: ModelSettings['protocol'];
  json: ModelSettings['json'];
  context: string;
};

export type FieldErrors = Partial<Record<'name' | 'base_url' | 'model' | 'context' | 'api_key', string>>;

export const OTHER = '';

/** An empty form for this vendor; the first free name. */
export function draftFor(known: KnownModel | undefined, taken: string[]): Draft {
  const wanted = known?.name ?? '';
  let name = wanted;
  for (let count = 2; wanted !== '' && taken.includes(name); count += 1) name = `${wanted}-${count}`;
  return {
    name,
    base_url: known?.base_url ?? '',
    model: known?.model ?? '',
    key: '',
    removeKey: false,
    protocol: known?.protocol ?? 'openai',
    json: known?.json ?? 'schema',
    context: known?.context ? String(known.context) : '',
  };
}

export function draftOf(saved: Model): Draft {
  const { name, base_url, model, protocol, json, context } = saved;
  return {
    name,
    base_url,
    model,
    protocol,
    json,
    key: '',
    removeKey: false,
    context: context ? String(context) : '',
  };
}

/** What is missing, by field. The server checks the rest. */
export function missing(draft: Draft): FieldErrors {
  const errors: FieldErrors = {};
  if (draft.name.trim() === '') errors.name = 'Give it a name, such as lab.';
  if (draft.base_url.trim() === '') errors.base_url = 'Give the address, such as http://127.0.0.1:11434/v1.';
  if (draft.model.trim() === '') errors.model = 'Name the model, as its vendor does.';
  if (draft.context.trim() !== '' && !/^\d{4,8}$/u.test(draft.context.trim())) {
    errors.context = 'Give 1024 to 10000000 tokens, or leave it empty.';
  }
  return errors;
}

/** What is sent. Without a new key, the saved one stays. */
export function settingsFrom(draft: Draft, enabled: boolean): ModelSettings {
  const { protocol, json } = draft;
  const context = draft.context.trim() === '' ? null : Number(draft.context);
  const settings: ModelSettings = {
    protocol,
    json,
    context,
    base_url: draft.base_url.trim(),
    model: draft.model.trim(),
    enabled,
  };
  const key = draft.key.trim();
  if (key !== '') return { ...settings, api_key: key };
  return draft.removeKey ? { ...settings, api_key: null } : settings;
}
