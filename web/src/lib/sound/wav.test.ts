import { expect, it } from 'vitest';
import { wavOf } from './wav';

it('writes a file that any player reads', async () => {
  const blob = wavOf([Int16Array.of(1, -2), Int16Array.of(32_767)]);
  const bytes = await new Promise<DataView>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(new DataView(reader.result as ArrayBuffer));
    reader.readAsArrayBuffer(blob);
  });
  const word = (at: number) =>
    String.fromCharCode(...[0, 1, 2, 3].map((offset) => bytes.getUint8(at + offset)));
  expect([word(0), word(8), word(12), word(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect([bytes.getUint32(4, true), bytes.getUint32(24, true), bytes.getUint32(40, true)]).toEqual([
    42, 16_000, 6,
  ]);
  expect([44, 46, 48].map((at) => bytes.getInt16(at, true))).toEqual([1, -2, 32_767]);
  expect(blob.type).toBe('audio/wav');
});
