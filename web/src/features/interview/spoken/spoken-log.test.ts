import { describe, expect, it } from 'vitest';
import type { FromServer } from '@/api/voice-wire';
import { NOTHING_SAID, type SpokenLog, withCorrection, withMessage, wordsNow } from './spoken-log';

const logAfter = (...messages: FromServer[]): SpokenLog => messages.reduce(withMessage, NOTHING_SAID);
const heard = (id: string, text: string, final = false): FromServer => ({
  type: 'caption',
  who: 'candidate',
  id,
  text,
  final,
});
const said = (id: string, text: string): FromServer => ({
  type: 'caption',
  who: 'interviewer',
  id,
  text,
  final: true,
});
const turn = (number: number, text: string, by: 'silence' | 'addition' = 'silence'): FromServer => ({
  type: 'turn',
  turn: number,
  text,
  from_ms: 0,
  to_ms: 900,
  by,
});
/** The key of the first line. */
const keyOf = ({ lines }: SpokenLog) => lines[0]?.key ?? '';
const texts = ({ lines }: SpokenLog) => lines.map(({ who, text }) => `${who}: ${text}`);

describe('captions', () => {
  it('grow and are put right while somebody speaks', () => {
    const log = logAfter(heard('1', 'I kept'), heard('1', 'I kept the ferry', true), heard('2', 'running'));
    expect(wordsNow(log)).toEqual({ stands: 'I kept the ferry', changes: 'running' });
  });

  it('go when there were no words after all', () => {
    expect(texts(logAfter(heard('1', 'uh'), heard('1', '', true)))).toEqual([]);
  });

  it('become one line when the turn is over', () => {
    const log = logAfter(
      said('a', 'Why?'),
      heard('1', 'because', true),
      heard('2', 'it broke'),
      turn(1, 'Because it broke.'),
    );
    expect(texts(log)).toEqual(['interviewer: Why?', 'candidate: Because it broke.']);
    expect(wordsNow(log)).toEqual({ stands: '', changes: '' });
  });

  it('take what was added to a turn after its end', () => {
    const log = logAfter(
      turn(1, 'It broke.'),
      said('b', 'I see.'),
      heard('3', 'at night'),
      turn(1, 'at night.', 'addition'),
    );
    expect(texts(log)).toEqual(['candidate: It broke. at night.', 'interviewer: I see.']);
  });

  it('keep a correction', () => {
    const heard = logAfter(turn(1, 'post grey sequel'), turn(2, 'yes'));
    const log = withCorrection(heard, keyOf(heard), 'post grey sequel', 'PostgreSQL');
    expect(texts(log)).toEqual(['candidate: PostgreSQL', 'candidate: yes']);
  });

  it('keep what was said while they were put right', () => {
    const grown = logAfter(turn(1, 'post grey sequel and more'));
    expect(texts(withCorrection(grown, keyOf(grown), 'post grey sequel', 'PostgreSQL'))).toEqual([
      'candidate: PostgreSQL and more',
    ]);
  });

  it('keep what was said before the line was opened anew, which counts from one again', () => {
    const log = logAfter(
      { type: 'ready', link: 'a', resumed: false },
      turn(1, 'Before.'),
      { type: 'ready', link: 'b', resumed: false },
      turn(1, 'After.'),
    );
    expect(texts(log)).toEqual(['candidate: Before.', 'candidate: After.']);
  });

  it('can still be put right when the line was opened anew meanwhile', () => {
    const before = logAfter({ type: 'ready', link: 'a', resumed: false }, turn(1, 'post grey sequel'));
    const anew = withMessage(before, { type: 'ready', link: 'b', resumed: false });
    const after = withMessage(anew, turn(1, 'And more.'));
    expect(texts(withCorrection(after, keyOf(before), 'post grey sequel', 'PostgreSQL'))).toEqual([
      'candidate: PostgreSQL',
      'candidate: And more.',
    ]);
  });

  it('of an answer that its line cut off are marked, and no other ones', () => {
    const log = logAfter(
      { type: 'ready', link: 'a', resumed: false },
      said('a', 'Why?'),
      turn(1, 'Before.'),
      heard('2', 'it broke and', true),
      { type: 'ready', link: 'b', resumed: false },
      heard('1', 'it broke and', true),
    );
    expect(log.lines.filter(({ isCut }) => isCut).map(({ text }) => text)).toEqual(['it broke and']);
    expect(wordsNow(log).stands).toBe('it broke and');
    const later = withMessage(log, { type: 'ready', link: 'c', resumed: false });
    expect(later.lines.map(({ isCut }) => isCut ?? false)).toEqual([false, false, true, true]);
  });

  it('do not grow for ever', () => {
    const many = Array.from({ length: 500 }, (_, at) => said(String(at), `word ${at}`));
    const { lines } = logAfter(...many);
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(lines.at(-1)?.text).toBe('word 499');
  });
});

it('passes over kinds of messages that this page does not know', () => {
  expect(logAfter({ type: 'later' } as unknown as FromServer)).toEqual(NOTHING_SAID);
});
