/** How loud some sound is. */
export type Loudness = {
  /** Root mean square, dB of full scale; -120 for silence. */
  level: number;
  /** Share of the samples at the edge of what can be told apart. */
  clipped: number;
};

const SILENCE = -120;
/** Samples from here on are as good as cut off. */
const EDGE = 32_700;

/** Of a frame of 16 bit samples. */
export function loudnessOf(frame: Int16Array): Loudness {
  let power = 0;
  let edge = 0;
  for (const sample of frame) {
    power += sample * sample;
    if (Math.abs(sample) >= EDGE) edge += 1;
  }
  const rms = Math.sqrt(power / Math.max(1, frame.length)) / 32_768;
  return {
    level: rms > 0 ? Math.max(SILENCE, 20 * Math.log10(rms)) : SILENCE,
    clipped: edge / Math.max(1, frame.length),
  };
}

/** What is wrong with how somebody sounds; null when nothing is. */
export type SoundFault = 'silent' | 'quiet' | 'clipped' | 'noisy' | null;

/** Below this, dB, nothing comes out of the microphone at all: switched off, or the wrong one. */
const DEAD = -75;
/** Speech below this, dB, is hard to make out. */
const QUIET = -42;
/** Speech less than this above the room, dB, drowns in it. */
const CLEAR = 12;
/** More than this share of samples cut off can be heard. */
const CLIPPED = 0.002;

/** Judges a spoken sentence by its frames: the loud tenth is speech, the quiet tenth the room. */
export function faultOf(frames: Loudness[]): SoundFault {
  if (frames.length === 0) return 'silent';
  const levels = frames.map(({ level }) => level).sort((a, b) => a - b);
  const at = (share: number) => levels[Math.floor((levels.length - 1) * share)] ?? SILENCE;
  const speech = at(0.9);
  if (speech < DEAD) return 'silent';
  const clipped = frames.reduce((sum, frame) => sum + frame.clipped, 0) / frames.length;
  if (clipped > CLIPPED) return 'clipped';
  if (speech < QUIET) return 'quiet';
  return speech - at(0.1) < CLEAR ? 'noisy' : null;
}

/** The level as a share of the meter, 0 to 1: from a whisper far off to as loud as it gets. */
export function meterShare(level: number): number {
  return Math.max(0, Math.min(1, (level + 60) / 54));
}
