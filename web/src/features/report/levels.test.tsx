import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { AbilityBand } from '@/api/types';
import { Levels } from './levels';

const BAND: AbilityBand = {
  competency: 'databases',
  label: 'Databases',
  level_low: 'beginner',
  level_high: 'intermediate',
  level_likely: 'intermediate',
  certainty: 'uncertain',
  answers: 3,
  interviews: 1,
};
const UNKNOWN = { ...BAND, level_low: null, level_high: null, level_likely: null } as const;

function shown(changes: Partial<AbilityBand>): HTMLElement {
  const { unmount } = render(<Levels abilities={[{ ...BAND, ...changes }]} />);
  const item = screen.getByText('Databases').closest('li')?.cloneNode(true) as HTMLElement;
  unmount();
  return item;
}

const marks = (item: HTMLElement) =>
  [...item.querySelectorAll('[data-mark]')].map((bar) => bar.getAttribute('data-mark'));

it('says the band, the likely level and how sure it is, in words', () => {
  const item = shown({});
  expect(item).toHaveTextContent(
    'Between beginner and intermediate, most likely intermediate; 3 answers, still uncertain.',
  );
  expect(marks(item)).toEqual(['in', 'likely', 'out']);
});

it('says over how many interviews it became known', () => {
  expect(shown({ answers: 7, interviews: 3 })).toHaveTextContent(
    '; 7 answers in 3 interviews, still uncertain.',
  );
});

it('says one level when no other is likely', () => {
  const item = shown({
    level_low: 'advanced',
    level_high: 'advanced',
    level_likely: 'advanced',
    certainty: 'sure',
  });
  expect(item).toHaveTextContent('Advanced; 3 answers, sure.');
  expect(marks(item)).toEqual(['out', 'out', 'likely']);
});

it('does not pretend to know after too few answers', () => {
  const one = shown({ ...UNKNOWN, certainty: 'not_yet_known', answers: 1 });
  expect(one).toHaveTextContent('Not yet known: 1 scored answer is too little to tell.');
  expect(marks(one)).toEqual([]);
  const none = shown({ ...UNKNOWN, certainty: 'not_yet_known', answers: 0 });
  expect(none).toHaveTextContent('Not yet known: no answer about it was scored.');
});

it('leaves the graphic to those who see it', () => {
  render(<Levels abilities={[BAND]} />);
  const item = screen.getByRole('listitem');
  expect(within(item).getByText('Advanced').closest('[aria-hidden]')).not.toBeNull();
});

it('shows nothing when there is nothing to show', () => {
  const { container } = render(<Levels abilities={[]} />);
  expect(container).toBeEmptyDOMElement();
});
