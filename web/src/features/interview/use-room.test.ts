import { expect, it } from 'vitest';
import type { InterviewEvent } from '@/api/types';
import { asked, question, received, submission } from '@/testing/interview';
import { withEvent } from './use-room';

const one = question('q1', 'What did you lead?');
const two = question('q2', 'What went wrong?');
const answer = submission('r1', 'q1', 'A team of five.');
const other: InterviewEvent = { seq: 9, at: '2026-05-04T09:00:00Z', kind: 'paused', data: {} };

it('adds a turn for each question, in order', () => {
  const turns = [asked(1, one), asked(2, two)].reduce(withEvent, []);
  expect(turns).toEqual([
    { question: one, response: null },
    { question: two, response: null },
  ]);
});

it('puts an answer to its question, whatever was asked since', () => {
  const turns = [asked(1, one), asked(2, two), received(3, answer)].reduce(withEvent, []);
  expect(turns).toEqual([
    { question: one, response: answer },
    { question: two, response: null },
  ]);
});

it('leaves the turns alone for what is no turn, and for an answer to nothing', () => {
  const turns = [{ question: two, response: null }];
  expect(withEvent(turns, other)).toEqual(turns);
  expect(withEvent(turns, received(3, answer))).toEqual(turns);
});

it('changes nothing of the turns that it was given', () => {
  const before = [{ question: one, response: null }];
  withEvent(before, received(2, answer));
  withEvent(before, asked(3, two));
  expect(before).toEqual([{ question: one, response: null }]);
});
