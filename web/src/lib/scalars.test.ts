import { expect, it } from 'vitest';
import { cutAtSpans, type Span } from './scalars';

/** The text with its marked pieces in brackets. */
function marked(text: string, ...spans: Span[]): string {
  return cutAtSpans(text, spans)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');
}

it('leaves a text without quotes in one piece, and an empty one in none', () => {
  expect(cutAtSpans('Two engineers', [])).toEqual([{ text: 'Two engineers', start: 0, marked: false }]);
  expect(cutAtSpans('', [{ start: 0, end: 4 }])).toEqual([]);
});

it('cuts before, at and behind a quote', () => {
  expect(cutAtSpans('I led five people', [{ start: 2, end: 10 }])).toEqual([
    { text: 'I ', start: 0, marked: false },
    { text: 'led five', start: 2, marked: true },
    { text: ' people', start: 10, marked: false },
  ]);
  expect(marked('I led', { start: 0, end: 5 })).toBe('[I led]');
});

it.each([
  [
    'an emoji counts once, though it takes two units',
    '🚀🚀 shipped it',
    { start: 3, end: 10 },
    '🚀🚀 [shipped] it',
  ],
  ['an emoji inside of the quote stays whole', 'we 🚀 it', { start: 3, end: 4 }, 'we [🚀] it'],
  ['a flag counts twice', '🇳🇬 Lagos', { start: 3, end: 8 }, '🇳🇬 [Lagos]'],
  ['a family counts its people and joiners', '👩‍👧 at home', { start: 4, end: 6 }, '👩‍👧 [at] home'],
  ['an accent of its own counts', 'Jose\u0301 led', { start: 6, end: 9 }, 'Jose\u0301 [led]'],
  ['a letter with its accent counts once', 'Jos\u00e9 led', { start: 5, end: 8 }, 'Jos\u00e9 [led]'],
  ['Chinese counts by character', '我负责团队', { start: 1, end: 3 }, '我[负责]团队'],
  ['a rare character takes two units', '𠮷野 led', { start: 3, end: 6 }, '𠮷野 [led]'],
])('counts as the server does: %s', (_, text, span, expected) => {
  expect(marked(text, span)).toBe(expected);
});

it('starts each piece at its scalar offset, not at its UTF-16 one', () => {
  const starts = cutAtSpans('🚀🚀 shipped it', [{ start: 3, end: 10 }]).map(({ start }) => start);
  expect(starts).toEqual([0, 3, 10]);
});

it('joins quotes that overlap or touch, and keeps others apart', () => {
  const text = 'one two three';
  expect(marked(text, { start: 0, end: 5 }, { start: 4, end: 7 })).toBe('[one two] three');
  expect(marked(text, { start: 0, end: 4 }, { start: 4, end: 7 })).toBe('[one two] three');
  expect(marked(text, { start: 0, end: 3 }, { start: 4, end: 7 })).toBe('[one] [two] three');
  expect(marked(text, { start: 0, end: 13 }, { start: 4, end: 7 })).toBe('[one two three]');
});

it('takes quotes in any order, and those that run over the ends', () => {
  expect(marked('one two', { start: 4, end: 7 }, { start: 0, end: 3 })).toBe('[one] [two]');
  expect(marked('one two', { start: 4, end: 99 }, { start: -3, end: 1 })).toBe('[o]ne [two]');
  expect(marked('one two', { start: 3, end: 3 }, { start: 90, end: 99 })).toBe('one two');
});

it('gives back every character of the text', () => {
  const text = 'Jose\u0301 🚀 shipped 我负责团队\nand 👩‍👧 cheered';
  const spans = [
    { start: 3, end: 8 },
    { start: 20, end: 24 },
  ];
  expect(
    cutAtSpans(text, spans)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
