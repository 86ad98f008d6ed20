import type { FromServer } from '@/api/voice-wire';

/** A sentence that the interviewer says, and where it sounds in its reply. */
export type Sentence = { reply: number; text: string; fromMs: number };

/** With one more; of replies that are long over nothing is kept. */
export function withSentence(all: Sentence[], message: FromServer & { type: 'sentence' }): Sentence[] {
  const sentence = { reply: message.reply, text: message.text.trim(), fromMs: message.from_ms };
  const others = all.filter(
    ({ reply, fromMs }) =>
      reply >= sentence.reply - 1 && (reply !== sentence.reply || fromMs !== sentence.fromMs),
  );
  return [...others, sentence].sort((a, b) => a.reply - b.reply || a.fromMs - b.fromMs);
}

/** The sentence that sounds when so much of a reply has sounded. */
export const sentenceAt = (all: Sentence[], reply: number, ms: number): Sentence | null =>
  all.findLast((sentence) => sentence.reply === reply && sentence.fromMs <= ms) ?? null;

/** Where `sounding` stands in `text`, the words of its reply, characters; null when it does not. */
export function placeOf(
  text: string,
  all: Sentence[],
  sounding: Sentence,
): { from: number; to: number } | null {
  let at = 0;
  for (const { reply, text: words, fromMs } of all) {
    if (reply !== sounding.reply) continue;
    const from = text.indexOf(words, at);
    if (from < 0) return null;
    at = from + words.length;
    if (fromMs === sounding.fromMs) return { from, to: at };
  }
  return null;
}
