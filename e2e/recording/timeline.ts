import type { Seen } from '../bench/figures.ts';

/** The recording as the server tells of it. */
export type Recorded = {
  duration_ms: number;
  step_ms: number;
  candidate: number[];
  interviewer: number[];
  moments: { kind: 'question' | 'answer' | 'interruption'; from_ms: number; to_ms: number }[];
};

const WIDTH = 960;
const LABELS = 92;
/** Heights of both sides, and where their middles are. */
const HIGH = 36;
const [INTERVIEWER, CANDIDATE] = [62, 150];
const BOTTOM = 220;
/** The highest that a height can be. */
const FULL = 255;

/** Both sides over time, and above each turn how long it took from the end of the voice to the reply. */
export function timeline(recorded: Recorded, { turns, silences }: Seen): string {
  const x = (ms: number) => Math.round((LABELS + (ms / recorded.duration_ms) * (WIDTH - LABELS - 8)) * 10) / 10;
  const side = (heights: number[], middle: number, name: string) => {
    const bars = heights.flatMap((height, index) => {
      const half = Math.round((height / FULL) * HIGH * 10) / 10;
      const left = x(index * recorded.step_ms);
      return half < 0.5 ? [] : [`M${left} ${middle - half}V${middle + half}`];
    });
    return `<path d="${bars.join('')}" class="${name}"/><text x="4" y="${middle + 4}">${name}</text>`;
  };
  // A turn ends where its answer does; the first ones of the interview come first in both.
  const answers = recorded.moments.filter(({ kind }) => kind === 'answer');
  const gaps = turns.flatMap(({ gap }, index) => {
    const answer = answers[index];
    if (!answer) return [];
    const at = x(answer.to_ms);
    return [
      `<line x1="${at}" x2="${at}" y1="24" y2="${CANDIDATE + HIGH}" class="end"/>` +
        `<text x="${at}" y="18" text-anchor="middle" class="gap">${Math.round(gap)} ms</text>`,
    ];
  });
  const seconds = Array.from({ length: Math.floor(recorded.duration_ms / 10_000) + 1 }, (_, n) => n * 10).map(
    (at) => `<text x="${x(at * 1000)}" y="${BOTTOM - 18}" text-anchor="middle" class="soft">${at} s</text>`,
  );
  const cut = silences.map((ms) => `${Math.round(ms)} ms`).join(', ');
  const note = `ms: from the end of the voice to the first sound of the reply, as the page heard it.${
    cut ? ` The interviewer was cut short, and silent ${cut} after that was decided.` : ''
  }`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${BOTTOM}" role="img" aria-labelledby="title">
<title id="title">A spoken interview over time: both sides, and how long each reply took</title>
<style>
text { font: 13px sans-serif; fill: #333 } .soft { font-size: 11px; fill: #767676 } .gap { font-size: 12px; fill: #c2571a }
.interviewer { stroke: #2f7d69 } .candidate { stroke: #5a6fb0 } .end { stroke: #c2571a; stroke-dasharray: 2 3 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .soft { fill: #999 } .gap { fill: #e8935f } }
</style>
${side(recorded.interviewer, INTERVIEWER, 'interviewer')}
${side(recorded.candidate, CANDIDATE, 'candidate')}
${gaps.join('\n')}
${seconds.join('\n')}
<text x="4" y="${BOTTOM - 3}" class="soft">${note}</text>
</svg>
`;
}
