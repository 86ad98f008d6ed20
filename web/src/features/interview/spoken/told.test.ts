import { describe, expect, it } from 'vitest';
import type { FromServer, VoicePhase } from '@/api/voice-wire';
import { NOTHING_SAID, withMessage } from './spoken-log';

const notice = (notice: string, engine?: string) => ({ type: 'notice', notice, engine }) as FromServer;
const phases = (...all: VoicePhase[]): FromServer[] => all.map((phase) => ({ type: 'phase', phase }));
const answered = (text: string, by: 'silence' | 'addition' = 'silence'): FromServer => ({
  type: 'turn',
  turn: 1,
  text,
  from_ms: 0,
  to_ms: 900,
  by,
});
const toldAfter = (...messages: FromServer[]) =>
  messages.reduce(withMessage, NOTHING_SAID).told.map(({ what }) => what);

describe('what is told beside the words', () => {
  it('goes with the silence that it is about', () => {
    const silent: FromServer[] = [...phases('listening'), { type: 'reassure', how: 'take_your_time' }];
    expect(toldAfter(...silent)).toEqual(['take_your_time']);
    expect(toldAfter(...silent, ...phases('thinking'))).toEqual([]);
  });

  it('gives way to what is told later', () => {
    expect(toldAfter(notice('muted'), { type: 'reassure', how: 'take_your_time' })).toEqual([
      'take_your_time',
    ]);
  });

  it('stays for a moment when an answer was taken for its length', () => {
    const taken = [notice('taken_for_length'), ...phases('thinking')];
    expect(toldAfter(...taken)).toEqual(['taken_for_length']);
    expect(toldAfter(...taken, ...phases('speaking'))).toEqual([]);
  });

  it.each(['answer_not_kept', 'words_kept', 'realtime_lost', 'engine_lost', 'slept', 'as_written'])(
    'stays until the candidate has answered: %s',
    (what) => {
      // The question is said again at once, and somebody is silent for long.
      const nextTurn = [notice(what), ...phases('speaking', 'listening'), notice('muted')];
      expect(toldAfter(...nextTurn)).toEqual([what, 'muted']);
      expect(toldAfter(...nextTurn, ...phases('thinking'), answered(''))).toEqual([what]);
      expect(toldAfter(...nextTurn, ...phases('thinking'), answered('It broke.'))).toEqual([]);
    },
  );

  it('stays when the turn in which something failed ends with what was understood', () => {
    const failed = [...phases('listening'), notice('engine_lost', 'whisper')];
    expect(toldAfter(...failed, answered('It broke.'), ...phases('thinking', 'speaking'))).toEqual([
      'engine_lost',
    ]);
  });

  it('stays when something is added to an answer that was not kept', () => {
    const later = [notice('answer_not_kept'), ...phases('speaking', 'listening')];
    expect(toldAfter(...later, answered('at night', 'addition'))).toEqual(['answer_not_kept']);
  });

  it('says that an engine has failed rather than that nothing was understood', () => {
    const lost = notice('engine_lost', 'whisper');
    expect(toldAfter(lost, notice('not_understood'))).toEqual(['engine_lost']);
    expect(toldAfter(notice('not_understood'))).toEqual(['not_understood']);
  });

  it('says that the question is to be read rather than which voice failed', () => {
    expect(toldAfter(notice('engine_lost', 'espeak'), notice('read_instead'))).toEqual(['read_instead']);
    const deaf = [notice('engine_lost', 'whisper'), notice('network_weak')];
    expect(toldAfter(...deaf, notice('read_instead'))).toEqual([
      'engine_lost',
      'network_weak',
      'read_instead',
    ]);
  });

  it('goes when it was about a connection that is mended, and nothing else does', () => {
    const weak = [notice('engine_lost', 'whisper'), notice('network_weak')];
    const ready: FromServer = { type: 'ready', link: 'a', resumed: true };
    expect(toldAfter(...weak, ...phases('listening'))).toEqual(['engine_lost', 'network_weak']);
    expect(toldAfter(...weak, ready)).toEqual(['engine_lost']);
  });
});
