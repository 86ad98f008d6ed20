import { expect, it } from 'vitest';
import { ago, bytes, clock, countWords, dateTime, dollars, percent, plural, score, words } from './format';

it.each([
  [0, '0:00'],
  [1, '0:01'],
  [59_000, '0:59'],
  [59_001, '1:00'],
  [545_000, '9:05'],
  [3_600_000, '60:00'],
  [-5_000, '0:00'],
])('shows %d ms as %s', (ms, expected) => {
  expect(clock(ms)).toBe(expected);
});

it.each([
  ['', 0],
  [' \n\t ', 0],
  ['one', 1],
  ['  two   words\n', 2],
  ['line\nby\u00a0line', 3],
])('counts the words of %j', (text, expected) => {
  expect(countWords(text)).toBe(expected);
});

it('puts a number before its word', () => {
  expect(plural(0, 'answer')).toBe('0 answers');
  expect(plural(1, 'answer')).toBe('1 answer');
  expect(plural(2, 'answer')).toBe('2 answers');
  expect(plural(1, 'answer is', 'answers are')).toBe('1 answer is');
  expect(plural(3, 'answer is', 'answers are')).toBe('3 answers are');
});

it('shows a mark with one decimal, a whole one too', () => {
  expect(score(7)).toBe('7.0');
  expect(score(6.66)).toBe('6.7');
  expect(score(10)).toBe('10.0');
});

it('shows a share as a whole percentage', () => {
  expect(percent(0)).toBe('0%');
  expect(percent(0.666)).toBe('67%');
  expect(percent(1)).toBe('100%');
});

it('turns a key into words', () => {
  expect(words('wrap_up')).toBe('Wrap up');
  expect(words('one_two_three')).toBe('One two three');
  expect(words('')).toBe('');
});

it('shows a moment with its day and its time', () => {
  const shown = dateTime('2026-05-14T09:07:00Z');
  expect(shown).toMatch(/2026/);
  expect(shown).toMatch(/14/);
  expect(shown).toMatch(/\d?\d:07/);
});

it.each([
  [0, '$0.00'],
  [1_200, '$0.0012'],
  [1_200_000, '$1.20'],
])('shows %d micro-dollars as %s', (micros, expected) => {
  expect(dollars(micros)).toBe(expected);
});

it.each([
  [0, '0.0 KB'],
  [999_600, '1.0 MB'],
  [46_000_000, '46 MB'],
  [1_500_000_000, '1.5 GB'],
  [7e15, '7000 TB'],
])('shows %d bytes as %s', (count, expected) => {
  expect(bytes(count)).toBe(expected);
});

it.each([
  [-5, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [7_199, '1 h'],
  [200_000, '2 d'],
])('shows what was %d seconds ago as %s', (seconds, expected) => {
  const now = Date.parse('2026-05-04T09:00:00Z');
  expect(ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(expected);
});
