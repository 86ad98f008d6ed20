type Pair = { n: number; p50: number; p95: number; most: number };

/** What one interview came to, ms. */
export type Row = {
  name: string;
  way: string;
  /** From the end of the voice to the first audible sample. */
  gap: Pair;
  /** The same, beyond the configured silence and the engines. */
  added: Pair;
  /** Parts of it: until the server decided, until it sent sound, until that was heard. */
  up: Pair;
  server: Pair;
  down: Pair;
  /** From the word that somebody cuts in, as the page hears it, to silence. */
  hush: Pair;
  /** From the server's decision to silence. */
  silence: Pair;
  /** Each turn. */
  addedMs: number[];
};

const ms = ({ n, p50, p95, most }: Pair) => (n === 0 ? '' : `${p50} / ${p95} / ${most}`);

export function table(rows: Row[]): string {
  const head = [
    'ms: half / 95 of 100 / most',
    'way',
    'turns',
    'voice end to reply',
    'added',
    'of it: way up',
    'server',
    'way down',
    'cut in: decided to silence',
    'told to silence',
  ];
  const body = rows.map(({ name, way, gap, added, up, server, down, silence, hush }) => [
    name,
    way,
    gap.n,
    ...[gap, added, up, server, down, silence, hush].map(ms),
  ]);
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

const WIDTH = 760;
const LABELS = 250;
const ROW = 34;
const TOP = 40;

/** Each turn as a stroke, with the middle and the 95th percentile, on one scale. */
export function chart(rows: Row[]): string {
  const most = Math.max(250, ...rows.flatMap(({ addedMs }) => addedMs));
  const scale = Math.ceil(most / 100) * 100;
  const x = (value: number) => Math.round(LABELS + (Math.max(0, value) / scale) * (WIDTH - LABELS - 20));
  const grid = Array.from({ length: scale / 100 + 1 }, (_, n) => n * 100).map(
    (at) =>
      `<line x1="${x(at)}" x2="${x(at)}" y1="${TOP - 8}" y2="${TOP + rows.length * ROW}" class="grid"/>` +
      `<text x="${x(at)}" y="${TOP - 14}" text-anchor="middle" class="soft">${at}</text>`,
  );
  const bodies = rows.map((row, index) => {
    const y = TOP + index * ROW;
    const strokes = row.addedMs.map((at) => `<line x1="${x(at)}" x2="${x(at)}" y1="${y + 6}" y2="${y + 24}" class="turn"/>`);
    const mark = (at: number, name: string) => `<circle cx="${x(at)}" cy="${y + 15}" r="4.5" class="${name}"/>`;
    return (
      `<text x="4" y="${y + 13}">${row.name}</text><text x="4" y="${y + 27}" class="soft">${row.way}, ${row.gap.n} turns</text>` +
      `${strokes.join('')}${mark(row.added.p50, 'middle')}${mark(row.added.p95, 'late')}`
    );
  });
  const height = TOP + rows.length * ROW + 26;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">What is added to a turn beyond the configured silence and the engines, in ms</title>
<style>
text { font: 13px sans-serif; fill: #333 } .soft { font-size: 11px; fill: #767676 } .grid { stroke: #9995; stroke-width: 1 }
.turn { stroke: #2f7d6988; stroke-width: 2 } .middle { fill: #2f7d69 } .late { fill: #c2571a }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .soft { fill: #999 } }
</style>
${grid.join('\n')}
${bodies.join('\n')}
<text x="${LABELS}" y="${height - 6}" class="soft">ms added; each stroke a turn, green dot: half are faster, orange dot: 95 of 100 are</text>
</svg>
`;
}
