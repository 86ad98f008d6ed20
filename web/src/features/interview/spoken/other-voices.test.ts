import { describe, expect, it } from 'vitest';
import { saidWith } from '@/testing/spoken';
import { wordsOfOthers } from './other-voices';

const TEXT = 'I led it. Coffee anybody? And measured it.';

describe('the words of other voices', () => {
  it('finds them and the answer without them', () => {
    expect(wordsOfOthers(TEXT, saidWith(TEXT, 'Coffee anybody?'))).toEqual({
      theirs: ['Coffee anybody?'],
      rest: 'I led it. And measured it.',
    });
  });

  it('keeps them in their order', () => {
    const spoken = saidWith(TEXT, 'led it.', 'measured it.');
    expect(wordsOfOthers(TEXT, spoken)).toEqual({
      theirs: ['led it.', 'measured it.'],
      rest: 'I Coffee anybody? And',
    });
  });

  it('finds them behind words that were said on another line', () => {
    const whole = `Before that. ${TEXT}`;
    expect(wordsOfOthers(whole, saidWith(TEXT, 'Coffee anybody?'))?.rest).toBe(
      'Before that. I led it. And measured it.',
    );
  });

  it('takes away what they said, not the same words of the candidate', () => {
    const text = 'I think so. Is that fine? that is fine So it was, and that is fine';
    const words = text
      .split(' ')
      .map((word, at) => ({ text: word, from_ms: at * 100, to_ms: at * 100 + 100 }));
    const spoken = { ...saidWith(text), words, others: [{ from_ms: 600, to_ms: 900 }] };
    const found = wordsOfOthers(text, spoken);
    expect(found).toEqual({
      theirs: ['that is fine'],
      rest: 'I think so. Is that fine? So it was, and that is fine',
    });
    expect(wordsOfOthers(found?.rest ?? '', spoken), 'once').toBeNull();
  });

  it('never offers words of the candidate that were repeated, once they are left out', () => {
    const spoken = saidWith('We did it. Good. I think so I think so');
    const others = [{ from_ms: 7 * 400, to_ms: 10 * 400 }];
    const found = wordsOfOthers('We did it. Good. I think so I think so', { ...spoken, others });
    expect(found?.rest).toBe('We did it. Good. I think so');
    expect(wordsOfOthers('We did it. Good. I think so', { ...spoken, others })).toBeNull();
  });

  it('offers nothing where the text is not those words: it was cut, or put right', () => {
    expect(wordsOfOthers('I led it. Coffee', saidWith(TEXT, 'Coffee anybody?'))).toBeNull();
    expect(
      wordsOfOthers('I led it. Coffee anybody? And managed it.', saidWith(TEXT, 'Coffee anybody?')),
    ).toBeNull();
  });

  it('keeps marks that belong to no word', () => {
    const words = saidWith('I led it Coffee And more', 'Coffee');
    expect(wordsOfOthers('I led it. Coffee? And more.', words)?.rest).toBe('I led it. And more.');
  });

  it('finds none where none are, or they were left out by hand', () => {
    expect(wordsOfOthers(TEXT, saidWith(TEXT))).toBeNull();
    expect(wordsOfOthers('I led it.', saidWith(TEXT, 'Coffee anybody?'))).toBeNull();
  });

  it('leaves nothing where only somebody else spoke', () => {
    expect(wordsOfOthers(TEXT, saidWith(TEXT, TEXT))).toEqual({ theirs: [TEXT], rest: '' });
  });

  it('knows languages that are written without spaces', () => {
    const spoken = { ...saidWith('我 领导 要 咖啡 吗'), others: [{ from_ms: 800, to_ms: 2_000 }] };
    expect(wordsOfOthers('我领导要咖啡吗', spoken)).toEqual({ theirs: ['要咖啡吗'], rest: '我领导' });
  });
});
