import { describe, expect, it } from 'vitest';
import type { InterviewEvent } from '@/api/types';
import { asked, completed, question, received, submission } from '@/testing/interview';
import { session } from '@/testing/people';
import { saidWith } from '@/testing/spoken';
import { type Heard, NOTHING_HEARD, openQuestion, withHeard } from './room-log';

const one = question('q1', 'What did you lead?');
const two = question('q2', 'What went wrong?');
const answer = submission('r1', 'q1', 'A team of five.');
const paused: InterviewEvent = { seq: 9, at: '2026-05-04T09:00:00Z', kind: 'paused', data: {} };

const event = (it: InterviewEvent): Heard => ({ kind: 'event', event: it });
const writing = (words: string): Heard => ({ kind: 'draft', draft: { at_work: true, words } });
const DONE: Heard = { kind: 'draft', draft: { at_work: false, words: '' } };
const LOST: Heard = { kind: 'lost' };
const hear = (...heard: Heard[]) => heard.reduce(withHeard, NOTHING_HEARD);

describe('turns', () => {
  it('come in order, one for each question', () => {
    const { turns, seq } = hear(event(asked(1, one)), event(asked(2, two)));
    expect(turns).toEqual([
      { question: one, response: null },
      { question: two, response: null },
    ]);
    expect(seq).toBe(2);
  });

  it('get their answer, whatever was asked since', () => {
    const { turns } = hear(event(asked(1, one)), event(asked(2, two)), event(received(3, answer)));
    expect(turns).toEqual([
      { question: one, response: answer },
      { question: two, response: null },
    ]);
  });

  it('get the words that came late, and those that were mended', () => {
    const at = '2026-05-04T09:00:00Z';
    const spoken = saidWith('And a mole.', 'a mole.');
    const late = { response_id: 'r1', added: ' And a mole.', spoken };
    const amended: InterviewEvent = { seq: 4, at, kind: 'answer_amended', data: late };
    const mended = { response_id: 'r1', content: 'A team of nine.' };
    const corrected: InterviewEvent = { seq: 5, at, kind: 'transcript_corrected', data: mended };
    const first = { ...answer, spoken: saidWith('A team of five.') };
    const before = [event(asked(1, one)), event(received(3, first)), event(amended)];
    expect(hear(...before).turns[0]?.response?.content).toBe('A team of five. And a mole.');
    const sounded = hear(...before).turns[0]?.response?.spoken;
    expect(sounded?.words.map(({ text }) => text).join(' ')).toBe('A team of five. And a mole.');
    expect(sounded?.others).toEqual(spoken.others);
    expect(hear(...before, event(corrected)).turns[0]?.response?.content).toBe('A team of nine.');
  });

  it('are left alone by what is no turn, and by an answer to nothing', () => {
    const before = hear(event(asked(1, two)));
    expect(withHeard(before, event(paused)).turns).toEqual(before.turns);
    expect(withHeard(before, event(received(3, answer))).turns).toEqual(before.turns);
  });

  it('begin anew when the log is told from its start', () => {
    expect(withHeard(hear(event(asked(1, one))), { kind: 'begun' })).toEqual(NOTHING_HEARD);
  });
});

describe('the draft', () => {
  const answered = [event(asked(1, one)), event(received(2, answer))];

  it('is nothing until the interviewer is at work, then empty, then grows', () => {
    expect(hear(...answered).draft).toBeNull();
    expect(hear(...answered, writing('')).draft).toBe('');
    expect(hear(...answered, writing('Five'), writing('Five people.')).draft).toBe('Five people.');
  });

  it('gives way to the question on the log, also when that differs', () => {
    const log = hear(...answered, writing('Five people. How'), event(asked(3, two)), DONE);
    expect(log.draft).toBeNull();
    expect(log.turns.at(-1)?.question).toBe(two);
  });

  it('counts for nothing while a question waits: its last words may come late', () => {
    expect(hear(...answered, event(asked(3, two)), writing('Five people.')).draft).toBeNull();
    expect(hear(event(asked(1, one)), writing('Hello')).draft).toBeNull();
  });

  it('does not outlive the answer to the question that it led to', () => {
    const next = event(received(4, submission('r2', 'q2', 'The queue.')));
    expect(hear(...answered, writing('Five'), event(asked(3, two)), next).draft).toBeNull();
  });

  it('survives what is noted and tried meanwhile', () => {
    const noted: InterviewEvent = {
      seq: 3,
      at: '2026-05-04T09:00:00Z',
      kind: 'noted',
      data: { note: { note: 'other_language', response_id: 'r1' } },
    };
    expect(hear(...answered, writing('Five'), event(noted)).draft).toBe('Five');
  });

  it('is forgotten when the line breaks, and comes again in full', () => {
    const broken = hear(...answered, writing('Five peo'), LOST);
    expect(broken.draft).toBeNull();
    expect(broken.turns).toHaveLength(1);
    expect(withHeard(broken, writing('Five people. How did')).draft).toBe('Five people. How did');
  });

  it('ends without a question when the interviewer stops or the interview is over', () => {
    expect(hear(...answered, writing('Five'), DONE).draft).toBeNull();
    const over = hear(...answered, writing('Goodbye'), event(completed(3, 'finished', 'Thank you.')));
    expect(over).toMatchObject({ draft: null, farewell: 'Thank you.' });
  });
});

describe('the question that waits', () => {
  const known = session('one', { current_question: one, last_seq: 1 });

  it('is that of the interview as read, until the log is told as far', () => {
    expect(openQuestion(known, NOTHING_HEARD)).toBe(one);
    expect(
      openQuestion(session('one', { current_question: null, last_seq: 2 }), hear(event(asked(1, one)))),
    ).toBe(null);
  });

  it('is that of the log once it knows more', () => {
    expect(openQuestion(known, hear(event(asked(1, one)), event(received(2, answer))))).toBeNull();
    const on = hear(event(asked(1, one)), event(received(2, answer)), event(asked(3, two)));
    expect(openQuestion(known, on)).toBe(two);
  });
});
