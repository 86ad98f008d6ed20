import type { Mark } from './probe.ts';

/** One turn, ms. */
export type Turn = {
  /** From the end of the voice to the first audible sample of the reply. */
  gap: number;
  /** From the decision that the turn is over to the first sound that the server sent: its own work and the voice engine. */
  server: number | null;
};

export type Seen = {
  turns: Turn[];
  /** From the arrival of the word that somebody cuts in to the last audible sample. */
  hushes: number[];
};

/** What the marks of an interview come to. The first turn warms up and is left out. */
export function seenIn(marks: Mark[]): Seen {
  const inOrder = [...marks].sort((one, other) => one.at - other.at);
  const turns: Turn[] = [];
  const hushes: number[] = [];
  for (const [index, mark] of inOrder.entries()) {
    if (mark.what !== 'told') continue;
    const after = inOrder.slice(index + 1);
    const before = inOrder.slice(0, index).reverse();
    if (mark.message.type === 'turn' && mark.message.by === 'silence') {
      const said = before.find(({ what }) => what === 'said');
      const sounds = after.find(({ what }) => what === 'sounds');
      const next = after.find((one) => one.what === 'told' && one.message.type === 'turn');
      if (!said || !sounds || (next && next.at < sounds.at)) continue;
      turns.push({ gap: sounds.at - said.at, server: serverOf(after, Number(mark.message.turn)) });
    }
    if (mark.message.type === 'hush' || mark.message.type === 'stop') {
      const isSounding = before.find(({ what }) => what === 'sounds' || what === 'silent')?.what === 'sounds';
      const silent = after.find(({ what }) => what === 'silent');
      if (isSounding && silent) hushes.push(Math.max(0, silent.at - mark.at));
    }
  }
  return { turns: turns.slice(1), hushes };
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
