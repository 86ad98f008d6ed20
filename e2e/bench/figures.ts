import type { Mark } from './probe.ts';

/** One turn, ms. */
export type Turn = {
  /** From the end of the voice to the first audible sample of the reply. */
  gap: number;
  /** From the end of the voice to the decision that the turn is over: the way to the server, and the silence. */
  up: number | null;
  /** From there to the first sound that the server sent: its own work and the voice engine. */
  server: number | null;
  /** From there to the first audible sample. */
  down: number | null;
};

export type Seen = {
  turns: Turn[];
  /** From the arrival of the word that somebody cuts in to the last audible sample. */
  hushes: number[];
  /** To the same from the server's decision. */
  silences: number[];
};

/** What the marks of an interview come to. */
export function seenIn(marks: Mark[]): Seen {
  const inOrder = [...marks].sort((one, other) => one.at - other.at);
  const turns: Turn[] = [];
  for (const [index, mark] of inOrder.entries()) {
    if (mark.what !== 'told' || mark.message.type !== 'turn' || mark.message.by !== 'silence') continue;
    const after = inOrder.slice(index + 1);
    const said = inOrder.slice(0, index).findLast(({ what }) => what === 'said');
    const sounds = after.find(({ what }) => what === 'sounds');
    const next = after.find((one) => one.what === 'told' && one.message.type === 'turn');
    if (!said || !sounds || (next && next.at < sounds.at)) continue;
    const turn = Number(mark.message.turn);
    const [gap, server] = [sounds.at - said.at, serverOf(after, turn)];
    const decided = inOrder.find((one) => one.what === 'decided' && one.turn === turn);
    const up = decided ? decided.at - said.at : null;
    turns.push({ gap, up, server, down: up === null || server === null ? null : gap - up - server });
  }
  const cutsIn = (mark: Mark) => mark.what === 'told' && ['hush', 'stop'].includes(mark.message.type);
  const decides = (mark: Mark) => mark.what === 'decided' && mark.about === 'silence';
  return { turns, hushes: untilSilent(inOrder, cutsIn), silences: untilSilent(inOrder, decides) };
}

/** How long the page went on to sound after each first of these marks. */
function untilSilent(inOrder: Mark[], isMeant: (mark: Mark) => boolean): number[] {
  const found: number[] = [];
  let isSounding = false;
  let since: number | null = null;
  for (const mark of inOrder) {
    if (mark.what === 'sounds') isSounding = true;
    if (mark.what === 'silent') {
      if (since !== null) found.push(mark.at - since);
      [isSounding, since] = [false, null];
    }
    if (isSounding && isMeant(mark)) since ??= mark.at;
  }
  return found;
}

function serverOf(after: Mark[], turn: number): number | null {
  for (const mark of after) {
    if (mark.what !== 'told' || mark.message.type !== 'marks' || mark.message.turn !== turn) continue;
    const { first_audio, vad_end } = mark.message as { first_audio?: number | null; vad_end?: number };
    return typeof first_audio === 'number' && typeof vad_end === 'number' ? first_audio - vad_end : null;
  }
  return null;
}

/** The value that a share of all do not exceed; NaN of none. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const pair = (values: number[]) => ({
  n: values.length,
  p50: Math.round(percentile(values, 0.5)),
  p95: Math.round(percentile(values, 0.95)),
  most: Math.round(percentile(values, 1)),
});
