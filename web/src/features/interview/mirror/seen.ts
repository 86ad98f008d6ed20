/** What the camera showed at one moment. Angles in degrees; expression is the model's word for the face. */
export type Seen = {
  /** Of this device's clock, ms. */
  at: number;
  face: { towards: boolean; yaw: number; pitch: number; roll: number; expression: string } | null;
};

/** A stretch in which a model took the face for the same. */
export type Spell = { expression: string; fromMs: number; ms: number };

/** What a while before the mirror came to. Shares 0 to 1; null where nothing can be said. */
export type Reflection = {
  ms: number;
  present: number;
  /** Of the time in which there was a face. */
  towards: number | null;
  /** How far the head turned to the sides and nodded, as standard deviations, degrees. */
  turning: number | null;
  nodding: number | null;
  /** Longest first. */
  expressions: { expression: string; share: number }[];
  spells: Spell[];
  /** Of each part of the time: whether there was a face, and whether it looked here. */
  parts: { present: number; towards: number }[];
};

/** Shorter spells are the model's doubts. */
const SPELL_MS = 3_000;
/** Looks that are needed before anything is said. */
const LEAST = 10;
const PARTS = 40;

const share = <T>(all: T[], is: (one: T) => boolean) =>
  all.length === 0 ? 0 : all.filter(is).length / all.length;

function spread(values: number[]): number | null {
  if (values.length < LEAST) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

export function reflectionOf(seen: Seen[]): Reflection | null {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || seen.length < LEAST) return null;
  const faces = seen.flatMap(({ face }) => face ?? []);
  const names = [...new Set(faces.map(({ expression }) => expression))];
  const ms = last.at - first.at;
  const count = Math.min(PARTS, Math.floor(seen.length / 4));
  const parts = Array.from({ length: count }, (_, part) => {
    const some = seen.slice((part * seen.length) / count, ((part + 1) * seen.length) / count);
    return {
      present: share(some, ({ face }) => face !== null),
      towards: share(some, ({ face }) => face?.towards === true),
    };
  });
  return {
    ms,
    present: share(seen, ({ face }) => face !== null),
    towards: faces.length < LEAST ? null : share(faces, ({ towards }) => towards),
    turning: spread(faces.map(({ yaw }) => yaw)),
    nodding: spread(faces.map(({ pitch }) => pitch)),
    expressions: names
      .map((expression) => ({ expression, share: share(faces, (face) => face.expression === expression) }))
      .sort((a, b) => b.share - a.share),
    spells: spellsOf(seen, first.at),
    parts,
  };
}

function spellsOf(seen: Seen[], begin: number): Spell[] {
  const spells: Spell[] = [];
  for (const [index, { at, face }] of seen.entries()) {
    const until = seen[index + 1]?.at ?? at;
    const now = spells.at(-1);
    if (!face) continue;
    const goesOn = now && now.expression === face.expression && now.fromMs + now.ms === at - begin;
    if (goesOn) now.ms += until - at;
    else spells.push({ expression: face.expression, fromMs: at - begin, ms: until - at });
  }
  return spells.filter(({ ms }) => ms >= SPELL_MS);
}
