import type { FromServer, VoicePhase } from '@/api/voice-wire';

/** Something to be told beside the words; `engine` names what failed, `lostMs` is how much voice is lost. */
export type Told = {
  what: string;
  engine?: string | undefined;
  lostMs?: number | undefined;
  /** Whether the candidate has had their turn since. */
  wasTurn?: boolean;
};

/** What stays until the candidate has answered once more: it is about what they have to do, or what has failed. */
const UNTIL_ANSWERED = new Set([
  'answer_not_kept',
  'as_written',
  'engine_lost',
  'network_weak',
  'read_instead',
  'realtime_lost',
  'slept',
  'words_kept',
]);
/** What whoever told it takes back. */
const UNTIL_TAKEN_BACK = new Set(['silenced']);

const lasts = ({ what }: Told) => UNTIL_ANSWERED.has(what) || UNTIL_TAKEN_BACK.has(what);

/** With one more; of what passes with the turn, only the newest is told. */
export function withTold(all: Told[], more: Told | string): Told[] {
  const told = typeof more === 'string' ? { what: more } : more;
  // That an engine has failed is why nothing was understood, and says more.
  if (told.what === 'not_understood' && all.some(({ what }) => what === 'engine_lost')) return all;
  const others = all.filter((one) => one.what !== told.what && (lasts(told) || lasts(one)));
  // Which voice failed is told just before: that it is read says all of it.
  const isVoice = told.what === 'read_instead' && others.at(-1)?.what === 'engine_lost';
  return [...(isVoice ? others.slice(0, -1) : others), told];
}

/** Without what is no longer so. */
export const withoutTold = (all: Told[], what: string): Told[] => all.filter((one) => one.what !== what);

/** What was told about one's own silence is over with the silence. */
export function toldInPhase(all: Told[], phase: VoicePhase): Told[] {
  if (phase === 'listening') return all.map((told) => ({ ...told, wasTurn: true }));
  // It is told as the turn ends.
  const isJustTold = ({ what }: Told) => what === 'taken_for_length' && phase === 'thinking';
  return all.filter((told) => lasts(told) || isJustTold(told));
}

/** The candidate has answered: what was told before that turn has been read, and what failed works again. */
export function toldAfterTurn(all: Told[], { text, by }: FromServer & { type: 'turn' }): Told[] {
  if (text.trim() === '' || by === 'addition' || by === 'typed') return all;
  return all.filter((told) => !(told.wasTurn && UNTIL_ANSWERED.has(told.what)));
}
