import type { components } from './voice-schema';

type Schemas = components['schemas'];

/** Whose turn it is. */
export type VoicePhase = Schemas['Phase'];

/** The page introduces itself. What the browser does to the sound is for the line. */
type Hello = Extract<Schemas['FromPageMessage'], { type: 'hello' }> & {
  /** The line that it had before. */
  resume?: string;
  echo_cancellation: boolean;
  noise_suppression: boolean;
  auto_gain: boolean;
};

/** What the page says on the line; `played` and `stats` are for the line itself. */
export type ToServer =
  | Hello
  | Exclude<Schemas['FromPageMessage'], { type: 'hello' }>
  | { type: 'played'; reply: number; ms: number }
  | { type: 'stats'; rtt_ms: number; jitter_ms: number; loss: number };

/** What the line itself says. */
type FromLine = { type: 'ready'; link: string; resumed: boolean } | { type: 'send_twice' };

/** What the server says on the line. Kinds that this page does not know are passed over. */
export type FromServer = Schemas['ToPageMessage'] | FromLine;

export function readMessage(data: string): FromServer | null {
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === 'object' && message !== null && 'type' in message
      ? (message as FromServer)
      : null;
  } catch {
    return null;
  }
}

/** A frame for the server: its number, then its samples. */
export function packFrame(sequence: number, frame: Int16Array): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(4 + frame.length * 2));
  bytes.setUint32(0, sequence >>> 0, true);
  for (const [index, sample] of frame.entries()) bytes.setInt16(4 + index * 2, sample, true);
  return bytes.buffer as ArrayBuffer;
}

/** A piece of a reply: which, from where on in ms, and its samples. Null when it is too short to be one. */
export function unpackSound(data: ArrayBuffer): { reply: number; offsetMs: number; pcm: Int16Array } | null {
  if (data.byteLength < 8) return null;
  const bytes = new DataView(data);
  const pcm = Int16Array.from({ length: Math.floor((data.byteLength - 8) / 2) }, (_, index) =>
    bytes.getInt16(8 + index * 2, true),
  );
  return { reply: bytes.getUint32(0, true), offsetMs: bytes.getUint32(4, true), pcm };
}
