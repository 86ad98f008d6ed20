/** Offsets of the API count Unicode scalar values; those of JavaScript strings count UTF-16 units. */
export type Span = { start: number; end: number };
type Piece = { text: string; start: number; marked: boolean };

/** Cuts `text` at the spans (scalar offsets; they may overlap, run past the end or come in any order). */
export function cutAtSpans(text: string, spans: Span[]): Piece[] {
  const scalars = Array.from(text);
  const marked = new Array<boolean>(scalars.length).fill(false);
  for (const { start, end } of spans) {
    for (let at = Math.max(0, start); at < Math.min(end, scalars.length); at += 1) marked[at] = true;
  }
  const pieces: Piece[] = [];
  scalars.forEach((scalar, at) => {
    const last = pieces.at(-1);
    if (last && last.marked === marked[at]) last.text += scalar;
    else pieces.push({ text: scalar, start: at, marked: marked[at] === true });
  });
  return pieces;
}
