/** How a player stands: `waiting` for sound that is on its way, `failed` when it does not come. */
export type Standing = 'idle' | 'waiting' | 'playing' | 'paused' | 'failed';

export type PlaybackNow = { standing: Standing; atMs: number; rate: number };

export type Playback = {
  now: () => PlaybackNow;
  /** Tells each change; returns how to stop listening. */
  subscribe: (tell: () => void) => () => void;
  play: () => void;
  playFrom: (ms: number) => void;
  /** Goes there, playing or not as before. */
  seek: (ms: number) => void;
  pause: () => void;
  setRate: (rate: number) => void;
  close: () => void;
};

/** An eye follows this well, and ten times a second costs nothing. */
const TICK_MS = 100;

/** What was recorded; older Safari does not play it. */
export const canPlayRecordings = () => new Audio().canPlayType('audio/ogg; codecs=opus') !== '';

/**
 * Plays what lies at an address. Nothing is fetched before it is to sound. `renew` is asked once when it fails: a
 * player cannot say that the sign-in has run out.
 */
export function openPlayback(url: string, durationMs: number, renew: () => Promise<unknown>): Playback {
  const audio = new Audio();
  audio.preload = 'metadata';
  const listeners = new Set<() => void>();
  let now: PlaybackNow = { standing: 'idle', atMs: 0, rate: 1 };
  let isRenewed = false;
  let ticking: ReturnType<typeof setInterval> | undefined;

  const become = (changes: Partial<PlaybackNow>) => {
    now = { ...now, ...changes };
    for (const tell of listeners) tell();
  };
  const read = () => become({ atMs: Math.min(durationMs, audio.currentTime * 1000) });
  const stand = (standing: Standing) => {
    clearInterval(ticking);
    if (standing === 'playing') ticking = setInterval(read, TICK_MS);
    become({ standing });
  };
  const start = () => {
    if (!audio.src) audio.src = url;
    // The browser forgets both with the sound that it had.
    audio.playbackRate = now.rate;
    if (Math.abs(audio.currentTime * 1000 - now.atMs) > TICK_MS) audio.currentTime = now.atMs / 1000;
    stand('waiting');
    // What went wrong is told by the error of the element; being paused meanwhile is none.
    audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') stand('paused');
    });
  };
  const recover = async () => {
    if (isRenewed) return stand('failed');
    isRenewed = true;
    const wasToSound = now.standing === 'waiting' || now.standing === 'playing';
    try {
      await renew();
      audio.removeAttribute('src');
      if (wasToSound) start();
      else stand('paused');
    } catch {
      stand('failed');
    }
  };
  audio.onplaying = () => {
    isRenewed = false;
    stand('playing');
  };
  audio.onwaiting = () => stand('waiting');
  audio.onpause = () => {
    if (now.standing !== 'failed' && audio.src) stand('paused');
  };
  audio.onended = () => {
    stand('paused');
    become({ atMs: durationMs });
  };
  audio.onerror = () => {
    clearInterval(ticking);
    if (audio.src) void recover();
  };
  const seek = (ms: number) => {
    const atMs = Math.max(0, Math.min(durationMs, ms));
    become({ atMs });
    if (audio.src) audio.currentTime = atMs / 1000;
  };
  const play = () => {
    if (now.standing === 'failed') isRenewed = false;
    if (now.atMs >= durationMs) seek(0);
    start();
  };
  return {
    now: () => now,
    subscribe: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    play,
    playFrom: (ms) => {
      seek(ms);
      play();
    },
    seek,
    pause: () => audio.pause(),
    setRate: (rate) => {
      audio.playbackRate = rate;
      become({ rate });
    },
    close: () => {
      clearInterval(ticking);
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
    },
  };
}
