import type { BankEntry, BankQuestion, Curated, ImportNote, Version } from '@/api/bank';

/** A question as it is stored: what is shown beside it left out. */
export function entryOf({ role, question, source, licence }: Curated | Version): BankEntry {
  return { role, question, source: source ?? null, licence: licence ?? null };
}

const BLANK: BankQuestion = {
  id: '',
  type: 'technical',
  competency: '',
  difficulty: 'intermediate',
  minutes: 3,
  tags: [],
  text: '',
  reference: '',
  red_flags: [],
  key_points: [1, 2, 3].map(() => ({ point: '', says: '', weight: 2 })),
  follow_ups: [1, 0].map((asks_for) => ({ asks_for, text: '' })),
  sounds_like: { '1': '', '5': '', '9': '' },
};

export const BLANK_ENTRY: BankEntry = { role: 'general', question: BLANK, source: null, licence: null };

/** Without what was left empty. */
export function tidied({ role, question, source, licence }: BankEntry): BankEntry {
  const { red_flags = [], follow_ups = [], sounds_like } = question;
  const isSaid = sounds_like && Object.values(sounds_like).some((text) => text.trim() !== '');
  return {
    role,
    source: source?.trim() || null,
    licence: licence?.trim() || null,
    question: {
      ...question,
      text: question.text.trim(),
      reference: question.reference.trim(),
      red_flags: red_flags.map((flag) => flag.trim()).filter((flag) => flag !== ''),
      key_points: question.key_points.filter(({ point, says }) => point.trim() !== '' || says.trim() !== ''),
      follow_ups: follow_ups.filter(({ text }) => text.trim() !== ''),
      sounds_like: isSaid ? sounds_like : null,
    },
  };
}

/** Fields of the form that a remark can stand at. */
export type Place =
  | 'role'
  | 'id'
  | 'competency'
  | 'minutes'
  | 'text'
  | 'reference'
  | 'key_points'
  | 'follow_ups'
  | 'red_flags'
  | 'sounds_like'
  | 'source';

const PLACES: [RegExp, Place][] = [
  [/^key_point/, 'key_points'],
  [/^follow_up/, 'follow_ups'],
  [/^red_flag/, 'red_flags'],
  [/^sounds_like/, 'sounds_like'],
  [/^(role|id|competency|minutes|text|reference|source)$/, 'role'],
];

/** Where a remark belongs; null when it is about the whole question. */
export function placeOf({ column, rule }: ImportNote): Place | null {
  if (rule === 'sounds_like' || rule === 'unlawful') return rule === 'unlawful' ? 'text' : 'sounds_like';
  const found = PLACES.find(([pattern]) => column && pattern.test(column));
  if (!found) return null;
  return found[1] === 'role' ? (column as Place) : found[1];
}
