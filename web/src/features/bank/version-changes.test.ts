import { expect, it } from 'vitest';
import { difference } from './version-changes';

it('keeps what both have and names what is gone and new', () => {
  expect(difference('I roast the bones', 'I never roast bones')).toEqual([
    { text: 'I ', kind: 'same' },
    { text: 'never ', kind: 'new' },
    { text: 'roast ', kind: 'same' },
    { text: 'the ', kind: 'gone' },
    { text: 'bones', kind: 'same' },
  ]);
  expect(difference('', 'new')).toEqual([{ text: 'new', kind: 'new' }]);
  expect(difference('old', '')).toEqual([{ text: 'old', kind: 'gone' }]);
});

it('puts the words of either version together again', () => {
  const [before, after] = ['a b c d\ne f', 'b x c\nf g'];
  const parts = difference(before, after);
  const without = (kind: string) =>
    parts
      .filter((part) => part.kind !== kind)
      .map(({ text }) => text)
      .join('');
  expect([without('new'), without('gone')]).toEqual([before, after]);
});
