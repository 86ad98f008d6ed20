import playbackUrl from './playback-worklet.ts?worker&url';
import { SAID_RATE } from './reply-tape';

/** What the audio thread is told. */
export type ToTape =
  | { kind: 'take'; reply: number; offsetMs: number; pcm: Int16Array }
  | { kind: 'resume'; reply: number; fromMs: number }
  | { kind: 'play' | 'hush' | 'stop'; reply: number };

/** Tells how much of a reply has sounded, ms. */
type OnPlayed = (reply: number, ms: number) => void;

/** What makes the interviewer heard, whichever way the sound comes. */
export type Speaker = {
  /** Lets a reply sound from its beginning. */
  play: (reply: number) => void;
  /** Silence at once; the reply may go on. */
  hush: (reply: number) => void;
  resume: (reply: number, fromMs: number) => void;
  /** Drops what has not sounded. */
  stop: (reply: number) => void;
  close: () => void;
};

/** A speaker that is given the sound piece by piece. */
export type TapeSpeaker = Speaker & { take: (reply: number, offsetMs: number, pcm: Int16Array) => void };

/** Where sound comes out; the empty id is the device that the system uses. */
type WithSink = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Sends the sound of `context` to a device, where the browser can. A device that is gone leaves it where it is. */
export async function sendTo(context: AudioContext, deviceId: string) {
  await (context as WithSink).setSinkId?.(deviceId).catch(() => undefined);
}

/** Plays replies that come as pieces of 16 bit, 24 kHz, over a socket. */
export async function openTapeSpeaker(deviceId: string, onPlayed: OnPlayed): Promise<TapeSpeaker> {
  const context = new AudioContext({ sampleRate: SAID_RATE, latencyHint: 'interactive' });
  await sendTo(context, deviceId);
  await context.audioWorklet.addModule(playbackUrl);
  const node = new AudioWorkletNode(context, 'greenroom-playback', {
    numberOfInputs: 0,
    outputChannelCount: [1],
  });
  node.port.onmessage = ({ data }: MessageEvent<{ reply: number; ms: number }>) =>
    onPlayed(data.reply, data.ms);
  node.connect(context.destination);
  const tell = (order: ToTape) => node.port.postMessage(order);
  return {
    take: (reply, offsetMs, pcm) => tell({ kind: 'take', reply, offsetMs, pcm }),
    play: (reply) => {
      void context.resume();
      tell({ kind: 'play', reply });
    },
    hush: (reply) => tell({ kind: 'hush', reply }),
    resume: (reply, fromMs) => tell({ kind: 'resume', reply, fromMs }),
    stop: (reply) => tell({ kind: 'stop', reply }),
    close: () => void context.close(),
  };
}

/** Quieter than this is no sound of a reply, as a share of full scale. */
const AUDIBLE = 0.003;
const LOOK_EVERY_MS = 50;
const FADE_S = 0.02;

/** Plays a track that the browser decodes by itself. How much of a reply has sounded is seen from when it began. */
export async function openTrackSpeaker(
  stream: MediaStream,
  deviceId: string,
  onPlayed: OnPlayed,
): Promise<Speaker> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  await sendTo(context, deviceId);
  // Some browsers let a remote track flow only while an element holds it.
  const holder = new Audio();
  holder.muted = true;
  holder.srcObject = stream;
  void holder.play().catch(() => undefined);
  const gain = new GainNode(context, { gain: 1 });
  const look = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(stream).connect(look).connect(gain).connect(context.destination);
  void context.resume();

  const window = new Float32Array(look.fftSize);
  let current: number | null = null;
  let ms = 0;
  let open = true;
  let begun = false;
  const isAudible = () => {
    look.getFloatTimeDomainData(window);
    return Math.sqrt(window.reduce((sum, sample) => sum + sample * sample, 0) / window.length) > AUDIBLE;
  };
  let lookedAt = context.currentTime;
  const watch = setInterval(() => {
    const passed = (context.currentTime - lookedAt) * 1000;
    lookedAt = context.currentTime;
    if (current === null || !open) return;
    const audible = isAudible();
    if (!begun && !audible) return;
    begun = true;
    ms += passed;
    // Silence at the end of a reply is not counted; within it the next sound catches up.
    if (audible) onPlayed(current, Math.floor(ms));
  }, LOOK_EVERY_MS);
  const fade = (to: number) => {
    open = to === 1;
    const { currentTime: now } = context;
    gain.gain.cancelScheduledValues(now);
    gain.gain.setValueAtTime(gain.gain.value, now);
    gain.gain.linearRampToValueAtTime(to, now + FADE_S);
  };
  return {
    play: (reply) => {
      void context.resume();
      if (reply !== current) {
        current = reply;
        ms = 0;
        begun = false;
      }
      fade(1);
    },
    hush: (reply) => {
      if (reply === current) fade(0);
    },
    resume: (reply, fromMs) => {
      current = reply;
      ms = fromMs;
      begun = false;
      fade(1);
    },
    stop: (reply) => {
      if (reply !== current) return;
      fade(0);
      current = null;
    },
    close: () => {
      clearInterval(watch);
      holder.srcObject = null;
      void context.close();
    },
  };
}
