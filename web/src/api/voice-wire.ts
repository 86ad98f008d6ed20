/** Whose turn it is. */
export type VoicePhase = 'connecting' | 'listening' | 'thinking' | 'speaking' | 'interrupted' | 'closing';

/** What the page says on the line. */
export type ToServer =
  | {
      type: 'hello';
      version: 1;
      resume?: string;
      muted: boolean;
      echo_cancellation: boolean;
      noise_suppression: boolean;
      auto_gain: boolean;
    }
  | { type: 'muted'; on: boolean }
  | { type: 'done' | 'repeat' }
  | { type: 'played'; reply: number; ms: number }
  | { type: 'stats'; rtt_ms: number; jitter_ms: number; loss: number }
  | { type: 'bye' };

/** What the server says on the line. Kinds that this page does not know are passed over. */
export type FromServer =
  | { type: 'ready'; link: string; resumed: boolean }
  | { type: 'phase'; phase: VoicePhase }
  | { type: 'caption'; who: 'candidate' | 'interviewer'; id: string; text: string; final: boolean }
  | { type: 'sentence'; reply: number; text: string; from_ms: number; ms: number }
  | { type: 'play' | 'hush' | 'stop'; reply: number }
  | { type: 'resume'; reply: number; from_ms: number }
  | { type: 'turn'; turn: number; text: string; from_ms: number; to_ms: number; by: string }
  | { type: 'notice'; notice: string; engine?: string }
  | { type: 'reassure'; how: 'take_your_time' | 'repeat_or_type' }
  | { type: 'marks'; turn: number }
  | { type: 'closed'; reason: string };

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
