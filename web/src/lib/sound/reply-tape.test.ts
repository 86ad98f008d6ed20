import { describe, expect, it } from 'vitest';
import { ReplyTape } from './reply-tape';

const PER_MS = 24;
const sound = (ms: number, value = 16_384) => new Int16Array(ms * PER_MS).fill(value);

/** Renders so many ms in blocks, as the audio thread does. */
function render(tape: ReplyTape, ms: number): Float32Array {
  const all = new Float32Array(ms * PER_MS);
  for (let at = 0; at < all.length; at += 120) {
    const block = new Float32Array(Math.min(120, all.length - at));
    tape.render(block);
    all.set(block, at);
  }
  return all;
}
const loud = (samples: Float32Array) => samples.filter((sample) => Math.abs(sample) > 0.01).length / PER_MS;

describe('ReplyTape', () => {
  it('is silent until it is told to play, and then plays what came before', () => {
    const tape = new ReplyTape();
    tape.take(1, 0, sound(100));
    expect(loud(render(tape, 50))).toBe(0);
    expect(tape.played()).toBeNull();
    tape.play(1);
    expect(loud(render(tape, 300))).toBe(100);
    expect(tape.played()).toEqual({ reply: 1, ms: 100 });
  });

  it('waits for a little before it begins, and goes on when more comes', () => {
    const tape = new ReplyTape();
    tape.play(1);
    tape.take(1, 0, sound(20));
    expect(loud(render(tape, 40))).toBe(0);
    tape.take(1, 20, sound(60));
    expect(loud(render(tape, 200))).toBe(80);
    tape.take(1, 80, sound(100));
    expect(loud(render(tape, 300))).toBe(100);
    expect(tape.played()?.ms).toBe(180);
  });

  it('plays even a short reply in the end', () => {
    const tape = new ReplyTape();
    tape.play(1);
    tape.take(1, 0, sound(30));
    expect(loud(render(tape, 400))).toBe(30);
  });

  it('falls silent within 20 ms, without a click, and stands still there', () => {
    const tape = new ReplyTape();
    tape.take(1, 0, sound(1000));
    tape.play(1);
    render(tape, 200);
    tape.hush(1);
    const after = render(tape, 200);
    expect(loud(after)).toBeLessThanOrEqual(20);
    const steps = after.slice(1).map((sample, at) => Math.abs(sample - (after[at] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.01);
    expect(tape.played()?.ms).toBe(220);
  });

  it('goes on from where it is told, also from before', () => {
    const tape = new ReplyTape();
    tape.take(1, 0, sound(1000));
    tape.play(1);
    render(tape, 500);
    tape.hush(1);
    render(tape, 100);
    tape.resume(1, 300);
    render(tape, 100);
    expect(tape.played()?.ms).toBe(400);
    render(tape, 1000);
    expect(tape.played()?.ms).toBe(1000);
  });

  it('drops what has not sounded when it is stopped', () => {
    const tape = new ReplyTape();
    tape.take(1, 0, sound(1000));
    tape.play(1);
    render(tape, 300);
    tape.stop(1);
    expect(loud(render(tape, 500))).toBeLessThanOrEqual(20);
    tape.resume(1, 0);
    render(tape, 2000);
    expect(tape.played()?.ms).toBeLessThanOrEqual(320);
  });

  it('passes over words of an old reply', () => {
    const tape = new ReplyTape();
    tape.take(1, 0, sound(1000));
    tape.play(1);
    render(tape, 100);
    tape.take(2, 0, sound(200));
    tape.play(2);
    tape.hush(1);
    tape.stop(1);
    render(tape, 500);
    expect(tape.played()).toEqual({ reply: 2, ms: 200 });
  });

  it('takes a piece twice, or out of order, for one', () => {
    const tape = new ReplyTape();
    tape.take(1, 60, sound(60));
    tape.take(1, 0, sound(60));
    tape.take(1, 0, sound(60));
    tape.play(1);
    expect(loud(render(tape, 400))).toBe(120);
  });

  it('does not grow without end', () => {
    const tape = new ReplyTape();
    tape.take(1, 4_000_000_000, sound(20));
    tape.play(1);
    expect(loud(render(tape, 400))).toBe(0);
  });
});
