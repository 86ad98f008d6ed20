import { describe, expect, it } from 'vitest';
import { packFrame, readMessage, unpackSound } from './voice-wire';

describe('frames of the candidate', () => {
  it('carry their number and their samples, little-endian', () => {
    const bytes = new DataView(packFrame(258, Int16Array.of(1, -2)));
    expect([bytes.byteLength, bytes.getUint32(0, true)]).toEqual([8, 258]);
    expect([bytes.getInt16(4, true), bytes.getInt16(6, true)]).toEqual([1, -2]);
  });
});

describe('sound of the interviewer', () => {
  it('is told by reply and place', () => {
    const bytes = new DataView(new ArrayBuffer(12));
    bytes.setUint32(0, 7, true);
    bytes.setUint32(4, 1500, true);
    bytes.setInt16(8, -300, true);
    bytes.setInt16(10, 300, true);
    expect(unpackSound(bytes.buffer)).toEqual({ reply: 7, offsetMs: 1500, pcm: Int16Array.of(-300, 300) });
  });

  it('is nothing when it is too short to be any', () => {
    expect(unpackSound(new ArrayBuffer(7))).toBeNull();
  });
});

describe('messages', () => {
  it.each(['', 'ready', '[]', 'null', '{"kind":"ready"}', '{'])('passes over %j', (text) => {
    expect(readMessage(text)).toBeNull();
  });

  it('are read by their type', () => {
    expect(readMessage('{"type":"play","reply":3}')).toEqual({ type: 'play', reply: 3 });
  });
});
