import { packFrame } from '../voice-wire';

/** Bytes that wait on a connection, half a second of sound: the network is narrow, and twice as much makes it worse. */
const NARROW_BYTES = 16_000;

/** What was learnt of a line, whatever connections it has. */
export type Learnt = { isNarrow: boolean };

/** A second connection for what is said, where the first is held up again and again by what gets lost on it. */
export type Beside = {
  frame: (sequence: number, frame: Int16Array) => void;
  close: () => void;
};

/** Opens one beside the line `link`. `waits` tells how many bytes wait on the first. It closes for good when sound waits. */
export function openBeside(url: string, link: string, learnt: Learnt, waits: () => number): Beside {
  const socket = new WebSocket(url);
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', version: 1, beside: link }));
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
