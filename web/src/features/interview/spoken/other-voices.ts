import type { Spoken } from '@/api/types';

/** What somebody else in the room seems to have said, and the answer without it. */
export type OthersWords = { theirs: string[]; rest: string };

type Word = Spoken['words'][number];
/** Where a word stands in the text, characters. */
type Place = { word: Word; from: number; to: number };

/** The words of other voices that stand in `text`; null when there are none, or none any more. */
export function wordsOfOthers(text: string, spoken: Spoken): OthersWords | null {
  const others = spoken.others ?? [];
  if (others.length === 0) return null;
  const places = placesOf(spoken.words, text);
  if (places === null) return null;
  const isTheirs = ({ word: { from_ms, to_ms } }: Place) =>
    others.some((other) => isWithin((from_ms + to_ms) / 2, other));
  const theirs: string[] = [];
  let rest = '';
  let at = 0;
  let begun: number | null = null;
  for (const place of [...places, null]) {
    if (place !== null && isTheirs(place)) {
      begun ??= place.from;
      continue;
    }
    if (begun === null) continue;
    const end = place?.from ?? text.length;
    theirs.push(text.slice(begun, end).trim());
    rest += text.slice(at, begun);
    at = end;
    begun = null;
  }
  return theirs.length > 0 ? { theirs, rest: (rest + text.slice(at)).trim() } : null;
}

const isWithin = (ms: number, { from_ms, to_ms }: { from_ms: number; to_ms: number }) =>
  ms >= from_ms && ms < to_ms;

/**
 * Where each word stands, found from the end: what was said on an earlier line may stand before the first. Null when
 * the text is not these words: somebody has changed it, or it was too long.
 */
function placesOf(words: Word[], text: string): Place[] | null {
  const places: Place[] = [];
  let end = text.length;
  for (const word of words.toReversed()) {
    const from = text.lastIndexOf(word.text, end - word.text.length);
    const to = from + word.text.length;
    // Between words there are spaces and marks, or nothing.
    if (word.text === '' || from < 0 || to > end || /[\p{L}\p{N}]/u.test(text.slice(to, end))) return null;
    places.unshift({ word, from, to });
    end = from;
  }
  return places;
}
