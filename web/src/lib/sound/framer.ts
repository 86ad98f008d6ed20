import { Resampler } from './resample';

/** What the server hears: mono, 16 bit, 16 kHz, in pieces of 20 ms. */
export const HEARD_RATE = 16_000;
const FRAME_SAMPLES = 320;
export const FRAME_MS = 20;

/** Cuts sound of the device's rate, Hz, into frames as the server hears them. */
export class Framer {
  private readonly resampler: Resampler;
  private frame = new Int16Array(FRAME_SAMPLES);
  private filled = 0;

  constructor(rate: number) {
    this.resampler = new Resampler(rate, HEARD_RATE);
  }

  /** The frames that are full now, 320 samples each. */
  push(input: Float32Array): Int16Array<ArrayBuffer>[] {
    const full: Int16Array<ArrayBuffer>[] = [];
    for (const sample of this.resampler.push(input)) {
      this.frame[this.filled] = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
      this.filled += 1;
      if (this.filled < FRAME_SAMPLES) continue;
      full.push(this.frame);
      this.frame = new Int16Array(FRAME_SAMPLES);
      this.filled = 0;
    }
    return full;
  }
}
