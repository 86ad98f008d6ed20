import { spawnSync } from 'node:child_process';

/** What a program makes of `input`. */
function run(program: string, args: string[], input: string): Buffer {
  const { error, status, stdout, stderr } = spawnSync(program, args, { input, maxBuffer: 64 << 20 });
  if (error) throw new Error(`missing: ${program}. Install it: sudo apt-get install ${program} (Debian)`);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Sound: 16 bit, mono. */
export type Sound = { rate: number; samples: Int16Array };

/** A sentence as a WAV file, said by espeak-ng with an American voice, the one that the recogniser knows best. */
export function spoken(text: string): Buffer {
  return run('espeak-ng', ['-v', 'en-us', '-s', '150', '--stdin', '--stdout'], text);
}

/** Reads a WAV file of one channel and 16 bit. */
export function readWav(file: Buffer): Sound {
  let at = 12;
  let rate = 0;
  while (at + 8 <= file.length) {
    const [name, length] = [file.toString('latin1', at, at + 4), file.readUInt32LE(at + 4)];
    if (name === 'fmt ') rate = file.readUInt32LE(at + 12);
    if (name === 'data') {
      const bytes = file.subarray(at + 8, Math.min(at + 8 + length, file.length));
      const samples = Int16Array.from({ length: bytes.length >> 1 }, (_, n) => bytes.readInt16LE(n * 2));
      return { rate, samples };
    }
    at += 8 + length + (length % 2);
  }
  throw new Error('this is no WAV file');
}

export function wav({ rate, samples }: Sound): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
