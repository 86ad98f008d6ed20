import type { Microphone } from '@/lib/sound/microphone';
import { ApiError } from '../errors';
import { fetchSession } from '../sessions';
import type { VoiceAbout } from '../voice';
import type { FromServer, ToServer } from '../voice-wire';
import type { Carrier, CarrierHandlers } from './carrier';
import { openPeer } from './peer';
import { openSocket } from './socket';

/** How the line stands. `closed` and `refused` are for good. */
export type LineState = 'connecting' | 'open' | 'lost' | 'closed' | 'refused';

type LineHandlers = Omit<CarrierHandlers, 'onLost'> & {
  onState: (state: LineState) => void;
  /** A connection stands, before anything is said on it; where sound is to come from. */
  onCarrier: (carrier: Pick<Carrier, 'transport' | 'stream'>) => void | Promise<void>;
};

export type VoiceLine = {
  send: (message: ToServer) => void;
  frame: (frame: Int16Array<ArrayBuffer>) => void;
  muted: (on: boolean) => void;
  close: () => void;
};

/** What a server closes a socket with: another page has taken over; the line to come back to is gone. */
const TAKEN_OVER = 4001;
const GONE = 4004;

/** Why a server ends a line that may be opened again at once. */
const COME_AGAIN = new Set(['restart', 'broken']);

/** Waits between attempts, ms; the last one again and again. */
const WAITS_MS = [0, 300, 600, 1000, 1000, 2000, 3000, 5000];
/** The server says that it is ready sooner than this. */
const READY_WITHIN_MS = 4_000;
/** Frames said while the line is down, three seconds: a socket takes them when it is back, so no word is lost. */
const HELD_FRAMES = 150;

type Options = {
  sessionId: string;
  microphone: Microphone;
  about: Pick<VoiceAbout, 'transports' | 'ice_servers'>;
  muted: boolean;
  /** The interviewer's voice; without one that of the manner, or the one that the interview had before. */
  voice?: string | null;
  /** Whether one model is to hear and speak. */
  realtime?: boolean;
};

/**
 * The voice line of an interview: WebRTC first, a socket by itself where that does not come about, and a new
 * connection when one breaks, which takes up where the old one broke.
 */
export function openVoiceLine(
  { sessionId, microphone, about, muted, voice, realtime }: Options,
  handlers: LineHandlers,
): VoiceLine {
  let carrier: Carrier | null = null;
  let link: string | undefined;
  let isMuted = muted;
  let over = false;
  let isConnecting = false;
  let failures = 0;
  const learnt = { isNarrow: false };
  let sequence = 0;
  let held: [number, Int16Array][] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let peerWorks = about.transports.includes('webrtc') && typeof RTCPeerConnection === 'function';

  const end = (state: 'closed' | 'refused') => {
    if (over) return;
    stop();
    handlers.onState(state);
  };
  const stop = () => {
    over = true;
    clearTimeout(waiting);
    clearTimeout(patience);
    window.removeEventListener('online', now);
    window.removeEventListener('pagehide', leave);
    carrier?.close();
    carrier = null;
  };
  const leave = () => carrier?.send({ type: 'bye' });
  const lost = (code?: number): void => {
    clearTimeout(patience);
    carrier?.close();
    carrier = null;
    if (over) return;
    if (code === TAKEN_OVER) {
      hear({ type: 'closed', reason: 'taken_over' });
      return;
    }
    if (code === GONE) link = undefined;
    handlers.onState(link === undefined && failures === 0 ? 'connecting' : 'lost');
    waiting = setTimeout(() => void connect(), WAITS_MS[Math.min(failures, WAITS_MS.length - 1)]);
    failures += 1;
  };
  const now = () => {
    if (carrier || isConnecting || over || failures === 0) return;
    clearTimeout(waiting);
    void connect();
  };
  const mine: CarrierHandlers = {
    onMessage: (message) => hear(message),
    onSound: handlers.onSound,
    onWeak: handlers.onWeak,
    onLost: lost,
  };
  const hear = (message: FromServer): void => {
    if (message.type === 'ready') {
      clearTimeout(patience);
      failures = 0;
      link = message.link;
      for (const [number, frame] of held) carrier?.frame?.(number, frame);
      held = [];
      handlers.onState('open');
    }
    if (message.type === 'closed' && COME_AGAIN.has(message.reason)) {
      link = undefined;
      lost();
      return;
    }
    handlers.onMessage(message);
    if (message.type === 'closed') end('closed');
  };
  const anyCarrier = async (): Promise<Carrier> => {
    if (peerWorks) {
      try {
        const { track } = microphone;
        const iceServers = about.ice_servers;
        return await openPeer({ sessionId, track, iceServers, resume: link, voice, realtime }, mine);
      } catch (error) {
        if (isGone(error) || isRefusal(error) || isOffline(error)) throw error;
        peerWorks = false;
      }
    }
    return openSocket({ sessionId, voice, realtime, learnt }, mine);
  };
  const connect = async () => {
    isConnecting = true;
    try {
      // A socket cannot say why it is refused; an ordinary request can, and renews the sign-in on the way.
      if (failures > 0) await fetchSession(sessionId);
      const opened = await anyCarrier();
      if (over) return opened.close();
      carrier = opened;
      isConnecting = false;
      // Over WebRTC the server is ready as soon as the channel is open, before the sound is.
      patience = setTimeout(lost, READY_WITHIN_MS);
      await handlers.onCarrier(opened);
      const { processing } = microphone;
      opened.send({
        type: 'hello',
        version: 1,
        ...(link && { resume: link }),
        muted: isMuted,
        ...processing,
      });
    } catch (error) {
      isConnecting = false;
      if (over) return;
      if (isGone(error)) lost(GONE);
      else if (isRefusal(error)) end('refused');
      else lost();
    }
  };

  window.addEventListener('online', now);
  window.addEventListener('pagehide', leave);
  handlers.onState('connecting');
  void connect();
  return {
    send: (message) => carrier?.send(message),
    frame: (frame) => {
      // Nobody is there to hear what is said before the first connection stands.
      if (link === undefined) return;
      if (carrier && failures === 0) carrier.frame?.(sequence, frame);
      else held = [...held, [sequence, frame] as [number, Int16Array]].slice(-HELD_FRAMES);
      sequence += 1;
    },
    muted: (on) => {
      isMuted = on;
      carrier?.send({ type: 'muted', on });
    },
    close: () => {
      leave();
      stop();
    },
  };
}

/** The line to come back to is over: another one can be had. */
const isGone = (error: unknown) => error instanceof ApiError && error.code === 'line_gone';

const isRefusal = (error: unknown) =>
  error instanceof ApiError && [401, 403, 404, 409].includes(error.status) && error.code !== 'not_found';

const isOffline = (error: unknown) => error instanceof ApiError && error.status === 0;
