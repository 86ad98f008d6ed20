import { writeFile } from 'node:fs/promises';
import { readWav, spoken, wav } from '../spoken/sound.ts';

const RATE = 48_000;
/** Before the first word, ms. */
const LEAD_MS = 600;
/** How loud the room is: every room is. */
const ROOM = 6;
const LOUD = 3_000;

/**
 * Writes a recording that says the same sentence over and over, once in `everyMs`. The sentence ends at an edge: it is cut
 * where it is loud, so that its end is no matter of opinion.
 */
export async function writeCandidate(path: string, text: string, everyMs: number): Promise<void> {
  const voice = readWav(spoken(text));
  const end = voice.samples.findLastIndex((sample) => Math.abs(sample) > LOUD) + 1;
  const samples = new Int16Array((RATE * everyMs) / 1000);
  let seed = 1;
  for (let n = 0; n < samples.length; n += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    samples[n] = Math.round((seed / 2_147_483_648 - 0.5) * 2 * ROOM);
  }
  const from = (RATE * LEAD_MS) / 1000;
  const length = Math.floor((end / voice.rate) * RATE);
  if (from + length > samples.length) throw new Error('the sentence is longer than its turn');
  for (let n = 0; n < length; n += 1) {
    const at = (n * voice.rate) / RATE;
    const [one, next] = [voice.samples[Math.floor(at)] ?? 0, voice.samples[Math.min(end - 1, Math.floor(at) + 1)] ?? 0];
    samples[from + n] = Math.round(one + (next - one) * (at - Math.floor(at)));
  }
  await writeFile(path, wav({ rate: RATE, samples }));
}
