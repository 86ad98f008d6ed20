/** Zero crossings of the kernel on each side. More is sharper and slower. */
const CROSSINGS = 12;
/** Points of the table between two crossings. */
const FINE = 256;
/** Share of the narrower band that passes; the rest is the slope. */
const BAND = 0.9;

/** A sinc under a Hann window, from its middle outwards. */
const KERNEL = Float32Array.from({ length: CROSSINGS * FINE + 2 }, (_, at) => {
  const x = at / FINE;
  if (x >= CROSSINGS) return 0;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / CROSSINGS));
});

/** Turns mono sound of one rate into another as it comes, in pieces of any length. Both rates in Hz. */
export class Resampler {
  /** Input samples for each output sample. */
  private readonly step: number;
  /** Kernel units for each input sample. */
  private readonly scale: number;
  /** Input samples that count on each side of an output sample. */
  private readonly reach: number;
  private held = new Float32Array(0);
  /** Where the next output sample lies in `held`. */
  private at: number;

  constructor(from: number, to: number) {
    this.step = from / to;
    this.scale = BAND * Math.min(1, to / from);
    this.reach = Math.ceil(CROSSINGS / this.scale);
    this.held = new Float32Array(this.reach);
    this.at = this.reach;
  }

  /** What comes out once `input` has come in; late by the reach of the kernel, some milliseconds. */
  push(input: Float32Array): Float32Array {
    const held = new Float32Array(this.held.length + input.length);
    held.set(this.held);
    held.set(input, this.held.length);
    const count = Math.max(0, Math.floor((held.length - 1 - this.reach - this.at) / this.step) + 1);
    const output = Float32Array.from({ length: count }, (_, n) => this.sample(held, this.at + n * this.step));
    this.at += count * this.step;
    const gone = Math.max(0, Math.floor(this.at) - this.reach);
    this.held = held.slice(gone);
    this.at -= gone;
    return output;
  }

  private sample(held: Float32Array, at: number): number {
    let sum = 0;
    for (let from = Math.ceil(at - this.reach); from <= at + this.reach; from += 1) {
      const place = Math.abs(at - from) * this.scale * FINE;
      const low = Math.floor(place);
      const weight = KERNEL[low] ?? 0;
      const next = KERNEL[low + 1] ?? 0;
      sum += (held[from] ?? 0) * (weight + (next - weight) * (place - low));
    }
    return sum * this.scale;
  }
}
