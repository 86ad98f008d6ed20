import { readWav, type Sound, spoken } from './sound.ts';

/** Frames below are no voice. */
const VOICE_LEVEL = 500;
/** The ends of a voice are not as sharp as its middle. */
const WHOLE_FROM = 0.85;

/** Hears by knowing what is going to be said: as many of the words as there is voice in the sound. */
export class Knowing {
  private words: string[] = [];
  private given = 0;
  private voiceMs = 1;

  /** This is said next. */
  expect(text: string): void {
    this.words = text.split(' ');
    this.given = 0;
    this.voiceMs = voiceMs(readWav(spoken(text)));
  }

  /** The words in it, each once. */
  hear(sound: Sound): string[] {
    const share = voiceMs(sound) / this.voiceMs;
    const until = this.given + Math.floor((share / WHOLE_FROM) * this.words.length);
    const heard = this.words.slice(this.given, until);
    this.given = Math.min(until, this.words.length);
    return heard;
  }
}

/** Samples of 16 bit, as they travel. */
export const samplesOf = (bytes: Buffer): Int16Array =>
  Int16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(at * 2));

/** How much of it is voice, ms. */
function voiceMs({ rate, samples }: Sound): number {
  const length = rate / 50;
  let ms = 0;
  for (let at = 0; at + length <= samples.length; at += length) {
    const frame = samples.subarray(at, at + length);
    if (frame.some((sample) => Math.abs(sample) > VOICE_LEVEL)) ms += 20;
  }
  return Math.max(ms, 1);
}
