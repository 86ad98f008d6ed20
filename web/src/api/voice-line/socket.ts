import { packFrame, readMessage, unpackSound } from '../voice-wire';
import { type Beside, type Learnt, openBeside } from './beside';
import type { Carrier, CarrierHandlers } from './carrier';

/** A socket that is not open by then does not open. */
const OPEN_WITHIN_MS = 5_000;
/** Bytes of one second of sound that wait to be sent: the network does not keep up. */
const WEAK_BYTES = 32_000;
/** Three seconds: it is gone, though nobody has said so yet. */
const GONE_BYTES = 3 * WEAK_BYTES;

type SocketOptions = {
  sessionId: string;
  voice?: string | null | undefined;
  realtime?: boolean | undefined;
  learnt: Learnt;
};

/** Sound and control over one socket: what is left where a network lets nothing else through. */
export function openSocket(
  { sessionId, voice, realtime, learnt }: SocketOptions,
  handlers: CarrierHandlers,
): Promise<Carrier> {
  const origin = window.location.origin.replace(/^http/, 'ws');
  const wish = new URLSearchParams({ ...(voice && { voice }), ...(realtime && { realtime: 'true' }) });
  const query = wish.size > 0 ? `?${wish}` : '';
  const url = `${origin}/api/sessions/${sessionId}/voice/socket${query}`;
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let weak = false;
  let over = false;
  let link = '';
  let [came, taken] = [0, 0];
  let beside: Beside | null = null;
  const lose = (code?: number) => {
    if (over) return;
    over = true;
    socket.close();
    beside?.close();
    handlers.onLost(code);
  };
  const watch = () => {
    if (socket.bufferedAmount > GONE_BYTES) lose();
    const now = socket.bufferedAmount > WEAK_BYTES;
    if (now === weak) return;
    weak = now;
    handlers.onWeak(weak);
  };
  const hear = (data: string | ArrayBuffer) => {
    if (typeof data !== 'string') {
      const sound = unpackSound(data);
      if (sound) handlers.onSound(sound.reply, sound.offsetMs, sound.pcm);
      return;
    }
    const message = readMessage(data);
    if (message?.type === 'ready') link = message.link;
    if (message?.type !== 'send_twice') {
      if (message) handlers.onMessage(message);
    } else if (!over && !learnt.isNarrow) {
      beside ??= openBeside(url, link, learnt, { waits: () => socket.bufferedAmount, onMessage: take });
    }
  };
  /** Of a message that comes on both connections the first to come counts, in the order of the first connection. */
  const take = (number: number, data: string | ArrayBuffer) => {
    if (number !== taken + 1) return;
    taken = number;
    hear(data);
  };
  const carrier: Carrier = {
    transport: 'websocket',
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    frame: (sequence, frame) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(packFrame(sequence, frame));
      beside?.frame(sequence, frame);
      watch();
    },
    close: () => {
      over = true;
      socket.close();
      beside?.close();
    },
  };
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => socket.close(), OPEN_WITHIN_MS);
    socket.onopen = () => {
      clearTimeout(late);
      socket.onclose = ({ code }) => lose(code);
      resolve(carrier);
    };
    socket.onclose = () => {
      clearTimeout(late);
      over = true;
      reject(new Error('the socket did not open'));
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      came += 1;
      take(came, data);
    };
  });
}
