import { afterEach, vi } from 'vitest';
import type { ToTape } from '@/lib/sound/speaker';

/** What a browser does for sound, without a sound: jsdom has none of it. */
export function stubSound() {
  const track = {
    enabled: true,
    stopped: false,
    onmute: null as (() => void) | null,
    onunmute: null as (() => void) | null,
    onended: null as (() => void) | null,
    getSettings: () => ({
      deviceId: 'desk',
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: false,
    }),
    stop: () => {
      track.stopped = true;
    },
  };
  const nodes: { name: string; port: { onmessage: ((event: { data: unknown }) => void) | null } }[] = [];
  const orders: ToTape[] = [];
  const wishes: MediaStreamConstraints[] = [];
  let refusal: string | null = null;

  class Node {
    connect(to: unknown) {
      return to;
    }
  }
  class Context extends Node {
    state = 'running';
    currentTime = 0;
    destination = new Node();
    audioWorklet = { addModule: async () => undefined };
    resume = async () => undefined;
    close = async () => undefined;
    createMediaStreamSource = () => new Node();
  }
  class Worklet extends Node {
    port = {
      onmessage: null as ((event: { data: unknown }) => void) | null,
      postMessage: (order: ToTape) => void orders.push(order),
    };
    name: string;
    constructor(_: unknown, name: string) {
      super();
      this.name = name;
      nodes.push(this);
    }
  }
  class Stream {
    getAudioTracks = () => [track];
  }
  vi.stubGlobal('AudioContext', Context);
  vi.stubGlobal('AudioWorkletNode', Worklet);
  vi.stubGlobal('MediaStream', Stream);
  vi.stubGlobal('navigator', {
    ...navigatorOf(window.navigator),
    mediaDevices: {
      getSupportedConstraints: () => ({ autoGainControl: true }),
      getUserMedia: async (wish: MediaStreamConstraints) => {
        wishes.push(wish);
        if (refusal) throw new DOMException('no', refusal);
        return new Stream();
      },
      enumerateDevices: async () => [
        { kind: 'audioinput', deviceId: 'desk', label: 'Desk microphone' },
        { kind: 'audioinput', deviceId: 'head', label: 'Headset' },
      ],
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    },
  });
  afterEach(() => vi.unstubAllGlobals());
  const post = (name: string, data: unknown) => {
    for (const node of nodes.filter((one) => one.name === name)) node.port.onmessage?.({ data });
  };
  return {
    track,
    /** How the microphone was asked for. */
    wishes,
    /** What the audio thread was told to play. */
    orders,
    /** The microphone hears so many frames of this loudness, 0 to 32 767. */
    hear: (peak: number, frames = 1) => {
      for (let at = 0; at < frames; at += 1) {
        const samples = Int16Array.from({ length: 320 }, (_, n) => peak * Math.sin((2 * Math.PI * n) / 32));
        post('greenroom-capture', track.enabled ? samples : new Int16Array(320));
      }
    },
    /** So much of a reply has sounded. */
    sounded: (reply: number, ms: number) => post('greenroom-playback', { reply, ms }),
    /** From now on the browser says no, by the name of its error; null lets it say yes again. */
    refuse: (name: string | null) => {
      refusal = name;
    },
  };
}

/** A navigator's own properties live on its prototype, where a spread does not see them. */
const navigatorOf = (real: Navigator) => ({
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0',
  language: real.language,
  languages: real.languages,
  onLine: true,
  clipboard: real.clipboard,
  platform: real.platform,
});
