import { fetchSession } from './sessions';
import type { InterviewEvent, Session } from './types';

/** What the interviewer is about to say; a draft until the question is on the log. */
export type Draft = {
  /** Whether it thinks or writes; false ends the draft. */
  at_work: boolean;
  /** All words so far; empty while it thinks. */
  words: string;
};

type Message = InterviewEvent | { kind: 'writing'; data: Draft } | { kind: 'caught_up' | 'pong' };

type Handlers = {
  onEvent: (event: InterviewEvent) => void;
  onDraft: (draft: Draft) => void;
  /** Called with true when the line stands and nothing is missing, with false when it broke. */
  onLine: (open: boolean) => void;
  /** The interview as read while mending the line. */
  onSession: (session: Session) => void;
  /** The server refuses this interview for good. */
  onRefused: (error: unknown) => void;
};

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
const PING_MS = 15_000;
/** Silence after which a line counts as dead; a little over two pings. */
const DEAD_MS = 35_000;

/**
 * Follows the log of an interview from its start; each event once, in order. A broken line is mended by
 * itself and takes up where it broke. Returns how to hang up.
 */
export function followInterview(id: string, handlers: Handlers): () => void {
  let socket: WebSocket | null = null;
  let after = 0;
  let failures = 0;
  let heardAt = Date.now();
  let hungUp = false;
  let mending = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    const origin = window.location.origin.replace(/^http/, 'ws');
    socket = new WebSocket(`${origin}/api/sessions/${id}/live?after=${after}`);
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      heardAt = Date.now();
      hear(JSON.parse(data));
    };
    socket.onclose = lost;
  };
  const hear = (message: Message) => {
    if (message.kind === 'caught_up') {
      failures = 0;
      handlers.onLine(true);
    } else if (message.kind === 'writing') {
      handlers.onDraft(message.data);
    } else if ('seq' in message && message.seq > after) {
      after = message.seq;
      handlers.onEvent(message);
    }
  };
  const lost = () => {
    socket = null;
    if (hungUp) return;
    handlers.onLine(false);
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.75 + Math.random() / 2);
    failures += 1;
    waiting = setTimeout(mend, wait);
  };
  // A socket cannot say why it was refused; an ordinary request can, and renews the sign-in on the way.
  const mend = async () => {
    mending = true;
    try {
      const session = await fetchSession(id);
      if (hungUp) return;
      handlers.onSession(session);
      open();
    } catch (error) {
      if (hungUp) return;
      const { status } = error as { status?: number };
      if (status === 401 || status === 403 || status === 404) handlers.onRefused(error);
      else lost();
    } finally {
      mending = false;
    }
  };
  const mendNow = () => {
    if (socket || mending || hungUp) return;
    clearTimeout(waiting);
    void mend();
  };
  const ping = setInterval(() => {
    if (Date.now() - heardAt > DEAD_MS) socket?.close();
    else if (socket?.readyState === WebSocket.OPEN) socket.send('{"kind":"ping"}');
  }, PING_MS);

  window.addEventListener('online', mendNow);
  open();
  return () => {
    hungUp = true;
    clearTimeout(waiting);
    clearInterval(ping);
    window.removeEventListener('online', mendNow);
    socket?.close();
  };
}
