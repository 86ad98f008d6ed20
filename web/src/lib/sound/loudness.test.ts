import { describe, expect, it } from 'vitest';
import { faultOf, loudnessOf, meterShare } from './loudness';

const frame = (peak: number) =>
  Int16Array.from({ length: 320 }, (_, at) => Math.round(peak * Math.sin((2 * Math.PI * at) / 32)));

/** A sentence: half of it words at `speech`, half of it the room, as peaks. */
const sentence = (speech: number, room: number) =>
  Array.from({ length: 100 }, (_, at) => loudnessOf(frame(at % 2 ? speech : room)));

describe('loudnessOf', () => {
  it('measures in dB of full scale', () => {
    expect(loudnessOf(frame(32_767)).level).toBeCloseTo(-3, 1);
    expect(loudnessOf(frame(3277)).level).toBeCloseTo(-23, 1);
    expect(loudnessOf(new Int16Array(320)).level).toBe(-120);
  });
});

describe('faultOf', () => {
  it.each([
    ['a clear voice in a quiet room', sentence(8000, 60), null],
    ['nothing at all', sentence(0, 0), 'silent'],
    ['no frames', [], 'silent'],
    ['a whisper far off', sentence(200, 10), 'quiet'],
    ['a voice that the room drowns', sentence(8000, 4000), 'noisy'],
  ])('%s', (_, frames, fault) => {
    expect(faultOf(frames)).toBe(fault);
  });

  it('hears that the microphone is overdriven', () => {
    const loud = Int16Array.from({ length: 320 }, (_, at) => (at % 32 < 16 ? 32_767 : -32_768));
    expect(faultOf([loudnessOf(loud), ...sentence(8000, 60)])).toBe('clipped');
  });
});

describe('meterShare', () => {
  it('stays on the meter', () => {
    expect(meterShare(-120)).toBe(0);
    expect(meterShare(0)).toBe(1);
    expect(meterShare(-33)).toBeCloseTo(0.5);
  });
});
