import { afterEach, expect, it, vi } from 'vitest';
import { sentences } from './sentences';

afterEach(() => vi.unstubAllGlobals());

it('parts a text at its sentences', () => {
  expect(sentences(' It says: “Two days a month.” Thank you. How', 'en')).toEqual([
    'It says: “Two days a month.”',
    'Thank you.',
    'How',
  ]);
  expect(sentences('これは何ですか。はい。', 'ja')).toEqual(['これは何ですか。', 'はい。']);
  expect(sentences('  ', 'en')).toEqual([]);
});

it('parts it in a language that nobody knows, too', () => {
  expect(sentences('One. Two.', 'not a language')).toEqual(['One.', 'Two.']);
});

it('leaves it whole where the browser cannot tell', () => {
  vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined });
  expect(sentences('One. Two.', 'en')).toEqual(['One. Two.']);
});
