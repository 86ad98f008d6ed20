import type { FromServer, VoicePhase } from '@/api/voice-wire';
import { type Sentence, sentenceAt, withSentence } from './sounding';
import { type Told, toldAfterTurn, toldInPhase, withoutTold, withTold } from './told';

/** One caption: what somebody says, while they say it and after. */
export type Line = {
  /** Stays the same for as long as the line stands, also when the voice line is opened anew. */
  key: string;
  who: 'candidate' | 'interviewer';
  text: string;
  /** Whether its words still change. */
  final: boolean;
  /** The turn that it belongs to, once that is over. */
  turn: number | null;
  /** Whether its line broke before the turn was over: no answer by itself. */
  isCut?: boolean;
};

/** What the voice line has told. */
export type SpokenLog = {
  /** The voice line that is open, or was last; turns and captions count from one on each. */
  link: string;
  phase: VoicePhase;
  /** Oldest first. */
  lines: Line[];
  /** The sentences of the newest replies, and the one that sounds. */
  sentences: Sentence[];
  sounding: Sentence | null;
  /** What is to be told beside the words, oldest first. */
  told: Told[];
  /** Whether the server records this line: `ended` when it did. */
  recording: 'off' | 'on' | 'ended';
  /** Why the server ended it; null while it has not. */
  closed: string | null;
};

export const NOTHING_SAID: SpokenLog = {
  link: '',
  phase: 'connecting',
  lines: [],
  sentences: [],
  sounding: null,
  told: [],
  recording: 'off',
  closed: null,
};

/** The turn of everything that was said on a line before this one. */
const PAST = -1;

/** Captions that are kept; the answers themselves stand in the log of the interview. */
const LINES = 60;

/** The log after one more message. */
export function withMessage(log: SpokenLog, message: FromServer): SpokenLog {
  switch (message.type) {
    case 'ready':
      return {
        ...log,
        link: message.link,
        // What was wrong with the connection before is no longer.
        told: withoutTold(log.told, 'network_weak'),
        lines: message.resumed ? log.lines : asPast(log.lines),
        sentences: message.resumed ? log.sentences : [],
        sounding: message.resumed ? log.sounding : null,
        recording: message.resumed ? log.recording : 'off',
      };
    case 'phase':
      return {
        ...log,
        phase: message.phase,
        told: toldInPhase(log.told, message.phase),
        sounding: message.phase === 'speaking' ? log.sounding : null,
      };
    case 'caption':
      return { ...log, lines: withCaption(log, message) };
    case 'sentence':
      return { ...log, sentences: withSentence(log.sentences, message) };
    case 'turn':
      return { ...log, lines: withTurn(log, message), told: toldAfterTurn(log.told, message) };
    case 'notice':
      return { ...log, told: withTold(log.told, ofNotice(message)) };
    case 'recording':
      return { ...log, recording: message.on ? 'on' : log.recording === 'off' ? 'off' : 'ended' };
    case 'reassure':
      return { ...log, told: withTold(log.told, { what: message.how }) };
    case 'closed':
      return { ...log, closed: message.reason };
    default:
      return log;
  }
}

const ofNotice = ({ notice, engine, lost_ms }: FromServer & { type: 'notice' }): Told => ({
  what: notice,
  engine: engine ?? undefined,
  lostMs: lost_ms ?? undefined,
});

function withCaption({ lines, link }: SpokenLog, caption: FromServer & { type: 'caption' }): Line[] {
  const { who, text, final } = caption;
  const key = `${link}-${who}-${caption.id}`;
  const at = lines.findIndex((line) => line.key === key);
  // A caption without words was a noise.
  if (text.trim() === '') return lines.filter((line) => line.key !== key);
  if (at >= 0) return lines.with(at, { ...(lines[at] as Line), text, final });
  return [...lines, { key, who, text, final, turn: null }].slice(-LINES);
}

/** On a new voice line: nothing more belongs to the turns of the one before. */
function asPast(lines: Line[]): Line[] {
  return lines.map((line) => ({
    ...line,
    turn: PAST,
    isCut: line.isCut || (line.who === 'candidate' && line.turn === null),
  }));
}

/** The words of a whole turn stand for its captions; what is said after its end is added to it. */
function withTurn(log: SpokenLog, { turn, text: told, by }: FromServer & { type: 'turn' }): Line[] {
  const { lines, link } = log;
  const key = `${link}-turn-${turn}`;
  const open = lines.filter(({ who, turn: of }) => who === 'candidate' && of === null);
  const at = lines.findIndex((line) => line.key === key);
  const before = by === 'addition' ? lines[at]?.text : undefined;
  const text = before === undefined ? told : `${before} ${told}`;
  const said: Line = { key, who: 'candidate', text, final: true, turn };
  const rest = lines.filter((line) => !open.includes(line));
  if (at >= 0) return rest.map((line) => (line.key === key ? said : line));
  if (text.trim() === '') return rest;
  const place = open[0] ? lines.indexOf(open[0]) : rest.length;
  return rest.toSpliced(place, 0, said).slice(-LINES);
}

/** The words of a line, put right by the person who said them; what was said since then stays behind them. */
export function withCorrection(log: SpokenLog, key: string, from: string, to: string): SpokenLog {
  const corrected = (text: string) => (text.startsWith(from) ? `${to}${text.slice(from.length)}` : to);
  const lines = log.lines.map((line) => (line.key === key ? { ...line, text: corrected(line.text) } : line));
  return { ...log, lines };
}

/** What the candidate says at the moment. */
export function wordsNow({ lines }: SpokenLog): { stands: string; changes: string } {
  const open = lines.filter(({ who, turn }) => who === 'candidate' && turn === null);
  const join = (some: Line[]) => some.map(({ text }) => text).join(' ');
  return {
    stands: join(open.filter(({ final }) => final)),
    changes: join(open.filter(({ final }) => !final)),
  };
}

/** The log when so much of a reply has sounded, ms. */
export function withSounded(log: SpokenLog, reply: number, ms: number): SpokenLog {
  const sounding = sentenceAt(log.sentences, reply, ms);
  return sounding === log.sounding || log.phase !== 'speaking' ? log : { ...log, sounding };
}

/** The caption of a reply. */
export const captionOf = (log: SpokenLog, reply: number): string => `${log.link}-interviewer-reply-${reply}`;
