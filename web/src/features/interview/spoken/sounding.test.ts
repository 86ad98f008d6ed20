import { describe, expect, it } from 'vitest';
import type { FromServer } from '@/api/voice-wire';
import { placeOf, type Sentence, sentenceAt, withSentence } from './sounding';

const said = (reply: number, text: string, from_ms: number): FromServer & { type: 'sentence' } => ({
  type: 'sentence',
  reply,
  text,
  from_ms,
  ms: 1_000,
});
const heard = (...messages: ReturnType<typeof said>[]) => messages.reduce(withSentence, [] as Sentence[]);

describe('the sentence that sounds', () => {
  const text = 'I see. Why did it break? I see.';
  const all = heard(said(1, 'I see.', 0), said(1, 'Why did it break?', 900), said(1, 'I see.', 2_400));

  it('is the last that has begun', () => {
    expect(sentenceAt(all, 1, 0)?.text).toBe('I see.');
    expect(sentenceAt(all, 1, 2_399)?.text).toBe('Why did it break?');
    expect(sentenceAt(all, 1, 9_000)?.fromMs).toBe(2_400);
    expect(sentenceAt(all, 2, 0)).toBeNull();
  });

  it('is found among equal ones by its turn', () => {
    const place = (ms: number) => {
      const found = placeOf(text, all, sentenceAt(all, 1, ms) as Sentence);
      return found && [found.from, found.to];
    };
    expect([place(0), place(1_000), place(3_000)]).toEqual([
      [0, 6],
      [7, 24],
      [25, 31],
    ]);
  });

  it('is not looked for in words that are not those of the reply', () => {
    expect(placeOf('Something else.', all, sentenceAt(all, 1, 0) as Sentence)).toBeNull();
  });

  it('may be put in other words, and is forgotten two replies later', () => {
    const retold = heard(said(1, 'I see.', 0), said(1, 'Right.', 0));
    expect(retold.map(({ text }) => text)).toEqual(['Right.']);
    expect(withSentence(withSentence(retold, said(2, 'And?', 0)), said(3, 'Go on.', 0))).toHaveLength(2);
  });
});
