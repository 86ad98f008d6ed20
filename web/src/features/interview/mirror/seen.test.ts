import { describe, expect, it } from 'vitest';
import { reflectionOf, type Seen } from './seen';

type Face = NonNullable<Seen['face']>;

/** Looks half a second apart. */
const looks = (faces: (Partial<Face> | null)[]): Seen[] =>
  faces.map((face, at) => ({
    at: 1_000_000 + at * 500,
    face: face && { towards: true, yaw: 0, pitch: 0, roll: 0, expression: 'neutral', ...face },
  }));
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('reflectionOf', () => {
  it('says nothing of a glance', () => {
    expect(reflectionOf([])).toBeNull();
    expect(reflectionOf(looks(times(9, {})))).toBeNull();
  });

  it('counts looking here only where there was a face', () => {
    const seen = looks([...times(20, {}), ...times(20, { towards: false }), ...times(40, null)]);
    expect(reflectionOf(seen)).toMatchObject({ present: 0.5, towards: 0.5, ms: 39_500 });
  });

  it('does not call an empty chair a person who looks away', () => {
    expect(reflectionOf(looks(times(40, null)))).toMatchObject({
      present: 0,
      towards: null,
      turning: null,
      expressions: [],
    });
  });

  it('tells how far the head turns, and not where the camera stands', () => {
    const still = reflectionOf(looks(times(40, { yaw: 15 })));
    const turning = reflectionOf(looks(times(20, null).flatMap(() => [{ yaw: 5 }, { yaw: 25 }])));
    expect(still?.turning).toBeCloseTo(0);
    expect(turning?.turning).toBeCloseTo(10);
  });

  it('keeps spells of an expression and leaves out the model’s doubts', () => {
    const seen = looks([
      ...times(20, { expression: 'neutral' }),
      { expression: 'fear' },
      ...times(20, { expression: 'happy' }),
    ]);
    expect(reflectionOf(seen)?.spells).toEqual([
      { expression: 'neutral', fromMs: 0, ms: 10_000 },
      { expression: 'happy', fromMs: 10_500, ms: 9_500 },
    ]);
    expect(reflectionOf(seen)?.expressions[0]?.expression).toBe('neutral');
  });

  it('ends a spell where the face went away', () => {
    const seen = looks([...times(10, {}), ...times(10, null), ...times(10, {})]);
    expect(reflectionOf(seen)?.spells.map(({ fromMs }) => fromMs)).toEqual([0, 10_000]);
  });

  it('draws the time in parts that all looks belong to', () => {
    const parts = reflectionOf(looks([...times(100, {}), ...times(100, null)]))?.parts ?? [];
    expect(parts).toHaveLength(40);
    expect(parts.slice(0, 20).every(({ present }) => present === 1)).toBe(true);
    expect(parts.slice(20).every(({ present }) => present === 0)).toBe(true);
  });
});
