import type { Spoken } from '@/api/types';

/** How long each word takes, ms. */
const WORD_MS = 400;

/** An answer as it sounded, in which somebody else said `theirs`. */
export function saidWith(text: string, ...theirs: string[]): Spoken {
  const all = text.split(' ');
  const words = all.map((word, at) => ({ text: word, from_ms: at * WORD_MS, to_ms: (at + 1) * WORD_MS }));
  const others = theirs.map((some) => {
    const before = text.slice(0, text.indexOf(some)).split(' ').length - 1;
    return { from_ms: before * WORD_MS, to_ms: (before + some.split(' ').length) * WORD_MS };
  });
  const to_ms = all.length * WORD_MS;
  return {
    line: 'line',
    from_ms: 0,
    to_ms,
    ended_by: 'silence',
    engine: 'deepgram',
    words,
    is_partial: false,
    others,
  };
}
