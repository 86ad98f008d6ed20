import { afterEach, vi } from 'vitest';

type Handler = (() => void) | null;

/** The browser's player, without a sound: jsdom has none that plays. One at a time. */
export function stubAudio({ plays = true } = {}) {
  const audio = {
    src: '',
    preload: '',
    currentTime: 0,
    playbackRate: 1,
    isPlaying: false,
    onplaying: null as Handler,
    onwaiting: null as Handler,
    onpause: null as Handler,
    onended: null as Handler,
    onerror: null as Handler,
    canPlayType: () => (plays ? 'probably' : ''),
    play: async () => {
      audio.isPlaying = true;
    },
    pause: () => {
      if (!audio.isPlaying) return;
      audio.isPlaying = false;
      audio.onpause?.();
    },
    load: () => undefined,
    removeAttribute: () => {
      audio.src = '';
      audio.currentTime = 0;
    },
  };
  vi.stubGlobal('Audio', function Audio() {
    return audio;
  });
  afterEach(() => vi.unstubAllGlobals());
  return {
    audio,
    /** The sound has come as far as this, and plays on. */
    reach: (ms: number) => {
      audio.currentTime = ms / 1000;
      audio.onplaying?.();
    },
  };
}
