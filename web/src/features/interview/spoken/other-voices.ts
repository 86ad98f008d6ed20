import type { Spoken } from '@/api/types';

/** What somebody else in the room seems to have said, and the answer without it. */
export type OthersWords = { said: string[]; rest: string };

/** The words of other voices that stand in `text`; null when there are none, or none any more. */
export function wordsOfOthers(text: string, spoken: Spoken): OthersWords | null {
  const said: string[] = [];
  let rest = text;
  // From the last one on: what was said before and after may hold the same words.
  for (const { from_ms, to_ms } of (spoken.others ?? []).toReversed()) {
    const isTheirs = ({ from_ms: from, to_ms: to }: Spoken['words'][number]) =>
      (from + to) / 2 >= from_ms && (from + to) / 2 < to_ms;
    const words = spoken.words.filter(isTheirs).map((word) => word.text);
    // Some languages are written without spaces.
    const found = [words.join(' '), words.join('')].find((some) => some !== '' && rest.includes(some));
    if (found === undefined) continue;
    const at = rest.lastIndexOf(found);
    rest = `${rest.slice(0, at).trimEnd()} ${rest.slice(at + found.length).trimStart()}`.trim();
    said.unshift(found);
  }
  return said.length > 0 ? { said, rest } : null;
}
