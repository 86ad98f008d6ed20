import { sendTo } from './speaker';

/** Two notes, each a third of a second, Hz. */
const NOTES = [523, 659];
const NOTE_S = 0.35;

/** Plays two notes on a device, softly at both ends. Resolves when they are over. */
export async function playTestTone(deviceId: string): Promise<void> {
  const context = new AudioContext();
  await sendTo(context, deviceId);
  const volume = new GainNode(context, { gain: 0 });
  volume.connect(context.destination);
  const begin = context.currentTime + 0.05;
  const ends = NOTES.map((frequency, at) => {
    const from = begin + at * NOTE_S;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.3, from + 0.03);
    volume.gain.linearRampToValueAtTime(0, from + NOTE_S);
    const note = new OscillatorNode(context, { frequency });
    note.connect(volume);
    note.start(from);
    note.stop(from + NOTE_S);
    return new Promise((resolve) => {
      note.onended = resolve;
    });
  });
  await Promise.all(ends);
  await context.close();
}
