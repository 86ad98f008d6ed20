import type { Version } from '@/api/bank';

type Part = { text: string; kind: 'same' | 'gone' | 'new' };
type Change = { field: string; parts: Part[] };

/** Words above which a text is shown as replaced as a whole. */
const MOST_WORDS = 600;

/** What changed from one version to the next, field by field, word by word. */
export function changesOf(before: Version, after: Version): Change[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names
    .filter((field) => (old[field] ?? '') !== (now[field] ?? ''))
    .map((field) => ({ field, parts: difference(old[field] ?? '', now[field] ?? '') }));
}

function fieldsOf({ role, question, source, licence }: Version): Record<string, string> {
  const { key_points, follow_ups = [], red_flags = [], sounds_like } = question;
  return {
    Role: role,
    Category: question.type,
    Difficulty: question.difficulty,
    Competency: question.competency,
    Minutes: String(question.minutes),
    Tags: question.tags.join(', '),
    Question: question.text,
    Reference: question.reference,
    'Key points': key_points.map(({ point, says, weight }) => `${point}: ${says} (${weight})`).join('\n'),
    'Follow-ups': follow_ups.map(({ text, asks_for }) => `${text} (${asks_for})`).join('\n'),
    'Red flags': red_flags.join('\n'),
    Samples: sounds_like ? [sounds_like['9'], sounds_like['5'], sounds_like['1']].join('\n') : '',
    'Taken from': source ?? '',
    Licence: licence ?? '',
  };
}

/** The longest common run of words stays; what is around it is gone or new. */
export function difference(before: string, after: string): Part[] {
  const split = (text: string) => text.match(/\S+\s*|\s+/g) ?? [];
  const [old, now] = [split(before), split(after)];
  if (old.length > MOST_WORDS || now.length > MOST_WORDS) {
    return [
      { text: before, kind: 'gone' },
      { text: after, kind: 'new' },
    ];
  }
  const common = lengths(old, now);
  const parts: Part[] = [];
  const push = (text: string, kind: Part['kind']) => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ text, kind });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [word, next] = [old[i], now[j]];
    if (word !== undefined && word === next) {
      push(word, 'same');
      i += 1;
      j += 1;
    } else if (next === undefined || (word !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))) {
      push(word ?? '', 'gone');
      i += 1;
    } else {
      push(next, 'new');
      j += 1;
    }
  }
  return parts;
}

const at = (table: number[][], i: number, j: number) => table[i]?.[j] ?? 0;

/** Lengths of the longest common sequences of what is left from each pair of places. */
function lengths(one: string[], other: string[]): number[][] {
  const table = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    const row = table[i];
    for (let j = other.length - 1; row && j >= 0; j -= 1) {
      row[j] =
        one[i] === other[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), row[j + 1] ?? 0);
    }
  }
  return table;
}
