import { describe, expect, it } from 'vitest';
import { Framer } from './framer';
import { Resampler } from './resample';

const tone = (rate: number, hz: number, ms: number) =>
  Float32Array.from(
    { length: (rate * ms) / 1000 },
    (_, at) => 0.5 * Math.sin((2 * Math.PI * hz * at) / rate),
  );

const rms = (samples: ArrayLike<number>) =>
  Math.sqrt(Array.from(samples).reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

/** In pieces, as an audio thread hands them out. */
function inPieces(input: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: Math.ceil(input.length / length) }, (_, at) =>
    input.slice(at * length, (at + 1) * length),
  );
}

describe('Resampler', () => {
  it.each([8000, 16_000, 22_050, 44_100, 48_000, 96_000])('keeps a voice as it is from %i Hz', (rate) => {
    const resampler = new Resampler(rate, 16_000);
    const output = inPieces(tone(rate, 440, 1000), 128).flatMap((piece) => Array.from(resampler.push(piece)));
    expect(output.length).toBeGreaterThan(15_900);
    expect(output.length).toBeLessThanOrEqual(16_000);
    expect(rms(output.slice(2000))).toBeCloseTo(0.5 / Math.SQRT2, 2);
  });

  it('keeps out what 16 kHz cannot carry, which would be heard as something else', () => {
    const output = new Resampler(48_000, 16_000).push(tone(48_000, 12_000, 500));
    expect(rms(output.slice(1000))).toBeLessThan(0.005);
  });

  it('says the same in pieces as in one', () => {
    const input = tone(44_100, 700, 100);
    const pieces = new Resampler(44_100, 16_000);
    const whole = new Resampler(44_100, 16_000).push(input);
    const parts = inPieces(input, 128).flatMap((piece) => Array.from(pieces.push(piece)));
    expect(parts.length).toBe(whole.length);
    expect(Math.max(...parts.map((sample, at) => Math.abs(sample - (whole[at] ?? 1))))).toBeLessThan(1e-5);
  });
});

describe('Framer', () => {
  it('cuts frames of 20 ms and keeps the rest for the next', () => {
    const framer = new Framer(16_000);
    const frames = inPieces(tone(16_000, 440, 110), 128).flatMap((piece) => framer.push(piece));
    expect(frames.map((frame) => frame.length)).toEqual([320, 320, 320, 320, 320]);
    expect(rms(frames[3] ?? []) / 32_768).toBeCloseTo(0.5 / Math.SQRT2, 2);
  });

  it('cuts off what is louder than full scale, and wraps nothing around', () => {
    const [frame] = new Framer(16_000).push(new Float32Array(400).fill(3));
    expect(Math.min(...(frame?.slice(40) ?? []))).toBeGreaterThan(32_000);
  });
});
