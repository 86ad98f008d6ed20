import { HEARD_RATE } from './framer';

const HEADER_BYTES = 44;

/** Frames of 16 bit, 16 kHz, mono, as a WAV file. */
export function wavOf(frames: Int16Array[]): Blob {
  const bytes = frames.reduce((sum, frame) => sum + frame.length * 2, 0);
  const file = new DataView(new ArrayBuffer(HEADER_BYTES + bytes));
  const word = (at: number, letters: string) => {
    for (const [index, letter] of [...letters].entries()) file.setUint8(at + index, letter.charCodeAt(0));
  };
  word(0, 'RIFF');
  file.setUint32(4, HEADER_BYTES - 8 + bytes, true);
  word(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, HEARD_RATE, true);
  file.setUint32(28, HEARD_RATE * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  word(36, 'data');
  file.setUint32(40, bytes, true);
  let at = HEADER_BYTES;
  for (const frame of frames) {
    for (const sample of frame) {
      file.setInt16(at, sample, true);
      at += 2;
    }
  }
  return new Blob([file.buffer as ArrayBuffer], { type: 'audio/wav' });
}
