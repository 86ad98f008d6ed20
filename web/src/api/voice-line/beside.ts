import { packFrame } from '../voice-wire';

/** Bytes that wait on a connection, half a second of sound: the network is narrow, and twice as much makes it worse. */
const NARROW_BYTES = 16_000;

/** What was learnt of a line, whatever connections it has. */
export type Learnt = { isNarrow: boolean };

type Handlers = {
  /** How many bytes wait on the first connection. */
  waits: () => number;
  /** What comes on the first connection as the one of this number, from 1 on. */
  onMessage: (number: number, data: string | ArrayBuffer) => void;
};

/** A second connection, where the first is held up again and again by what gets lost on it. */
export type Beside = {
  frame: (sequence: number, frame: Int16Array) => void;
  close: () => void;
};

/** Opens one beside the line `link`. It closes for good when sound waits. */
export function openBeside(
  url: string,
  link: string,
  learnt: Learnt,
  { waits, onMessage }: Handlers,
): Beside {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', version: 1, beside: link }));
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') {
      const { number, message } = JSON.parse(data) as { number: number; message: unknown };
      onMessage(number, JSON.stringify(message));
    } else onMessage(new DataView(data).getUint32(0, true), data.slice(4));
  };
  return {
    frame: (sequence, frame) => {
      if (!isOpen()) return;
      learnt.isNarrow = Math.max(waits(), socket.bufferedAmount) > NARROW_BYTES;
      if (learnt.isNarrow) socket.close();
      else socket.send(packFrame(sequence, frame));
    },
    close: () => socket.close(),
  };
}
