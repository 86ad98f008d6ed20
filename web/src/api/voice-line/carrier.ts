import type { FromServer, ToServer } from '../voice-wire';

/** One connection, whichever way it goes. It is open when it is handed out, and never mended: a new one is made. */
export type Carrier = {
  transport: 'webrtc' | 'websocket';
  send: (message: ToServer) => void;
  /** The next 20 ms of the candidate; a way that carries the track itself takes none. */
  frame?: (sequence: number, frame: Int16Array) => void;
  /** The interviewer's sound as a stream, where the browser decodes it. */
  stream?: MediaStream;
  close: () => void;
};

export type CarrierHandlers = {
  onMessage: (message: FromServer) => void;
  onSound: (reply: number, offsetMs: number, pcm: Int16Array) => void;
  /** It is broken; told once, with the code that a socket was closed with. */
  onLost: (code?: number) => void;
  /** It has trouble keeping up, or has none any more. */
  onWeak: (weak: boolean) => void;
};
