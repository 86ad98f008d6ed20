import { expect, it } from 'vitest';
import type { Settings } from '@/lib/preparation';
import { problems } from './use-start';

const GOOD: Settings = {
  difficulty: 'intermediate',
  types: ['behavioral'],
  minutes: '10',
  personality: 'professional',
  questions: '',
};

it('finds nothing in a good set-up', () => {
  expect(problems(GOOD)).toEqual({});
});

it('needs a kind of question', () => {
  expect(problems({ ...GOOD, types: [] })).toEqual({
    interview_type: 'Choose at least one kind of question.',
  });
});

it.each(['3', '120', ' 45 '])('takes %j minutes', (minutes) => {
  expect(problems({ ...GOOD, minutes })).toEqual({});
});

it.each(['', ' ', '2', '121', '0', '-5', '7.5', '1e1', '5 minutes', 'ten', '٧'])(
  'refuses %j minutes',
  (minutes) => {
    expect(problems({ ...GOOD, minutes })).toEqual({
      duration: 'Give a whole number of minutes from 3 to 120.',
    });
  },
);

it.each(['', '  ', '1', '40', ' 7'])('takes %j questions', (questions) => {
  expect(problems({ ...GOOD, questions })).toEqual({});
});

it.each(['0', '41', '-1', '3.5', 'few'])('refuses %j questions', (questions) => {
  expect(problems({ ...GOOD, questions })).toEqual({
    question_count: 'Give a whole number from 1 to 40, or leave it empty.',
  });
});

it('names everything that is wrong at once', () => {
  const found = problems({ ...GOOD, types: [], minutes: '', questions: '99' });
  expect(Object.keys(found).sort()).toEqual(['duration', 'interview_type', 'question_count']);
});
