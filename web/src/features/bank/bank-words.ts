import type { BankFilters, Drift } from '@/api/bank';

export const NO_FILTERS: BankFilters = {
  q: '',
  role: '',
  language: '',
  type: '',
  difficulty: '',
  competency: '',
  state: '',
};

export const TYPES = ['technical', 'behavioral', 'case', 'situational'] as const;
export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;

/** How a question lies to its author's level, in words; 0 is the middle of those interviewed. */
export function driftInWords({ flagged, difficulty, authored }: Drift): string {
  if (!flagged) return 'As hard as its author said, as far as can be told.';
  return difficulty > authored
    ? 'Harder than its author said: look at its wording, or raise its level.'
    : 'Easier than its author said: look at its key points, or lower its level.';
}

/** A place on the scale of ability, with its sign. */
export function onScale(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

/** The key of a role's question, made of words while they are typed. */
export function keyFor(role: string, words: string): string {
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '');
  return `${role}.${slug}`;
}
