import type { Page } from '@playwright/test';

/** Something that happened, ms by the wall: the clock of the machine, which page and server share in a measurement. */
export type Mark =
  /** The candidate's voice ended, as it comes out of the microphone's track. */
  | { what: 'said'; at: number }
  /** The page began to sound, or has fallen silent. */
  | { what: 'sounds' | 'silent'; at: number }
  /** A message of the server has arrived. */
  | { what: 'told'; at: number; message: { type: string } & Record<string, unknown> }
  /** The server took a turn for finished, or wanted the interviewer silent. */
  | { what: 'decided'; at: number; about: 'turn' | 'silence'; turn: number | null };

/**
 * Runs on the audio thread. Tells when sound begins and ends, by the wall: the thread knows the time of each sample by
 * its own clock, and the earliest that it was ever called after such a time ties that clock to the wall.
 */
const WORKLET = `
const LOUD = 0.01;
class Probe extends AudioWorkletProcessor {
  constructor({ processorOptions: { quietMs } }) {
    super();
    Object.assign(this, { quietMs, ties: [], last: -1, isOn: false });
  }
  wall(seconds) { return Math.min(...this.ties) + seconds * 1000; }
  process([input]) {
    // The tie of the last seconds: clocks drift.
    this.ties.push(Date.now() - currentTime * 1000);
    if (this.ties.length > 2000) this.ties.shift();
    const samples = input[0];
    if (samples) {
      for (let n = 0; n < samples.length; n += 1) {
        if (Math.abs(samples[n]) < LOUD) continue;
        const at = currentTime + n / sampleRate;
        if (!this.isOn) this.port.postMessage({ on: true, at: this.wall(at) });
        this.isOn = true;
        this.last = at;
      }
    }
    if (this.isOn && (currentTime - this.last) * 1000 > this.quietMs) {
      this.isOn = false;
      this.port.postMessage({ on: false, at: this.wall(this.last) });
    }
    return true;
  }
}
registerProcessor('greenroom-probe', Probe);
`;

/** Silence after which a voice has ended, ms: longer than the gaps between its words, shorter than any turn's end. */
const BETWEEN_WORDS_MS = 250;
/** Silence after which the page is silent, ms. */
const BETWEEN_SOUNDS_MS = 40;

/** Puts probes on the microphone, on all that sounds, and on what the server tells. Call \`marks\` for what they saw. */
export async function probe(page: Page): Promise<() => Promise<Mark[]>> {
  await page.addInitScript(
    ({ worklet, voiceMs, soundMs }) => {
      type Kept = { what: string; at: number; message?: unknown };
      const marks: Kept[] = [];
      (window as Window & { greenroomMarks?: Kept[] }).greenroomMarks = marks;
      const ready = new WeakMap<BaseAudioContext, Promise<unknown>>();
      const url = URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' }));
      const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;

      const put = async (source: AudioNode, quietMs: number, tell: (on: boolean, at: number) => void) => {
        const { context } = source;
        if (!ready.has(context)) ready.set(context, context.audioWorklet.addModule(url));
        await ready.get(context);
        const node = new AudioWorkletNode(context, 'greenroom-probe', {
          numberOfOutputs: 1,
          channelCount: 1,
          channelCountMode: 'explicit',
          processorOptions: { quietMs },
        });
        node.port.onmessage = ({ data }: MessageEvent<{ on: boolean; at: number }>) => tell(data.on, data.at);
        connect.call(source, node);
        // What leads nowhere is not run.
        const silence = new GainNode(context, { gain: 0 });
        connect.call(node, silence);
        connect.call(silence, context.destination);
      };

      AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode, ...rest: never[]) {
        if (to instanceof AudioDestinationNode) {
          void put(this, soundMs, (on, at) => marks.push({ what: on ? 'sounds' : 'silent', at }));
        }
        return (connect as (...all: unknown[]) => AudioNode).call(this, to, ...rest);
      } as typeof AudioNode.prototype.connect;

      // As by a person who has not been asked yet: the page waits to be let in.
      navigator.permissions.query = async () => ({ state: 'prompt' }) as PermissionStatus;
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        const context = new AudioContext({ latencyHint: 'interactive' });
        await context.resume();
        const source = context.createMediaStreamSource(new MediaStream(stream.getAudioTracks()));
        await put(source, voiceMs, (on, at) => on || marks.push({ what: 'said', at }));
        return stream;
      };

      const hear = ({ data }: MessageEvent) => {
        if (typeof data === 'string' && data.startsWith('{"')) {
          const message = JSON.parse(data) as { type?: string };
          if (typeof message.type === 'string') marks.push({ what: 'told', at: Date.now(), message });
        }
      };
      const channel = RTCPeerConnection.prototype.createDataChannel;
      RTCPeerConnection.prototype.createDataChannel = function (...all) {
        const made = channel.apply(this, all);
        made.addEventListener('message', hear);
        return made;
      };
      window.WebSocket = class extends WebSocket {
        constructor(address: string | URL, protocols?: string | string[]) {
          super(address, protocols);
          if (String(address).endsWith('/voice/socket')) this.addEventListener('message', hear);
        }
      };
    },
    { worklet: WORKLET, voiceMs: BETWEEN_WORDS_MS, soundMs: BETWEEN_SOUNDS_MS },
  );
  return () => page.evaluate(() => (window as Window & { greenroomMarks?: Mark[] }).greenroomMarks ?? []);
}
