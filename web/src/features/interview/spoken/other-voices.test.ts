import { describe, expect, it } from 'vitest';
import { saidWith } from '@/testing/spoken';
import { wordsOfOthers } from './other-voices';

const TEXT = 'I led it. Coffee anybody? And measured it.';

describe('the words of other voices', () => {
  it('finds them and the answer without them', () => {
    expect(wordsOfOthers(TEXT, saidWith(TEXT, 'Coffee anybody?'))).toEqual({
      said: ['Coffee anybody?'],
      rest: 'I led it. And measured it.',
    });
  });

  it('keeps them in their order', () => {
    const spoken = saidWith(TEXT, 'led it.', 'measured it.');
    expect(wordsOfOthers(TEXT, spoken)).toEqual({
      said: ['led it.', 'measured it.'],
      rest: 'I Coffee anybody? And',
    });
  });

  it('finds them behind words that were said on another line', () => {
    const whole = `Before that. ${TEXT}`;
    expect(wordsOfOthers(whole, saidWith(TEXT, 'Coffee anybody?'))?.rest).toBe(
      'Before that. I led it. And measured it.',
    );
  });

  it('finds none where none are, or they were left out by hand', () => {
    expect(wordsOfOthers(TEXT, saidWith(TEXT))).toBeNull();
    expect(wordsOfOthers('I led it.', saidWith(TEXT, 'Coffee anybody?'))).toBeNull();
  });

  it('leaves nothing where only somebody else spoke', () => {
    expect(wordsOfOthers(TEXT, saidWith(TEXT, TEXT))).toEqual({ said: [TEXT], rest: '' });
  });

  it('knows languages that are written without spaces', () => {
    const spoken = { ...saidWith('我 领导 要 咖啡 吗'), others: [{ from_ms: 800, to_ms: 2_000 }] };
    expect(wordsOfOthers('我领导要咖啡吗', spoken)).toEqual({ said: ['要咖啡吗'], rest: '我领导' });
  });
});
