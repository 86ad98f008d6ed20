import captureUrl from './capture-worklet.ts?worker&url';
import { prefersEvenLoudness } from './preferred-gain';

/** Why there is no microphone. */
export type MicrophoneTrouble =
  /** The page is not reached by https, or the browser cannot. */
  | 'unsupported'
  /** Somebody has said no, the browser remembers it, or the system forbids it. */
  | 'refused'
  /** There is none. */
  | 'none'
  /** Another program holds it, or it does not start. */
  | 'busy'
  /** The one that was chosen is no longer plugged in. */
  | 'gone';

export class MicrophoneError extends Error {
  readonly trouble: MicrophoneTrouble;

  constructor(trouble: MicrophoneTrouble) {
    super(trouble);
    this.name = 'MicrophoneError';
    this.trouble = trouble;
  }
}

/** What becomes of a microphone that was there. */
export type MicrophoneChange =
  /** A switch on the device, a call, or the system has silenced it; or lets it be heard again. */
  | 'silenced'
  | 'heard'
  /** It was unplugged, taken by a call, or its permission withdrawn. */
  | 'ended';

export type Microphone = {
  track: MediaStreamTrack;
  deviceId: string;
  /** What the browser does to the sound; loudness means little while it sets the gain. */
  processing: { echo_cancellation: boolean; noise_suppression: boolean; auto_gain: boolean };
  /** Switched off, it sends silence. */
  mute: (on: boolean) => void;
  close: () => void;
};

type Handlers = {
  /** The next 20 ms, 320 samples at 16 kHz, silence while switched off. */
  onFrame: (frame: Int16Array<ArrayBuffer>) => void;
  onChange: (change: MicrophoneChange) => void;
};

const TROUBLE: Record<string, MicrophoneTrouble> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'none',
  OverconstrainedError: 'gone',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

async function ask(deviceId: string): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices?.getUserMedia) throw new MicrophoneError('unsupported');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...(deviceId && { deviceId: { exact: deviceId } }),
        channelCount: 1,
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: prefersEvenLoudness(),
      },
    });
    const [track] = stream.getAudioTracks();
    if (!track) throw new MicrophoneError('none');
    return track;
  } catch (error) {
    if (error instanceof MicrophoneError) throw error;
    throw new MicrophoneError(TROUBLE[(error as Error).name] ?? 'busy');
  }
}

/** Opens a microphone; the empty id is the one that the system uses. Throws `MicrophoneError`. */
export async function openMicrophone(deviceId: string, handlers: Handlers): Promise<Microphone> {
  const track = await ask(deviceId);
  const context = new AudioContext({ latencyHint: 'interactive' });
  try {
    await context.audioWorklet.addModule(captureUrl);
  } catch {
    track.stop();
    void context.close();
    throw new MicrophoneError('unsupported');
  }
  const node = new AudioWorkletNode(context, 'greenroom-capture', { numberOfOutputs: 1 });
  node.port.onmessage = ({ data }: MessageEvent<Int16Array<ArrayBuffer>>) => handlers.onFrame(data);
  // What leads nowhere is not run by every browser; the node itself puts out silence.
  context
    .createMediaStreamSource(new MediaStream([track]))
    .connect(node)
    .connect(context.destination);
  const goOn = () => {
    if (context.state !== 'running' && context.state !== 'closed') void context.resume();
  };
  track.onmute = () => handlers.onChange('silenced');
  track.onunmute = () => {
    goOn();
    handlers.onChange('heard');
  };
  track.onended = () => handlers.onChange('ended');
  // A call, or a tab that slept, stops the audio of a page; coming back starts it.
  document.addEventListener('visibilitychange', goOn);
  goOn();
  const settings = track.getSettings();
  return {
    track,
    deviceId: settings.deviceId ?? deviceId,
    processing: {
      echo_cancellation: settings.echoCancellation === true,
      noise_suppression: settings.noiseSuppression === true,
      auto_gain: settings.autoGainControl === true,
    },
    mute: (on) => {
      track.enabled = !on;
    },
    close: () => {
      document.removeEventListener('visibilitychange', goOn);
      track.onended = track.onmute = track.onunmute = null;
      track.stop();
      void context.close();
    },
  };
}

/** Devices for sound. Their names are known once a microphone was allowed. */
export async function soundDevices(): Promise<{ inputs: MediaDeviceInfo[]; outputs: MediaDeviceInfo[] }> {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const of = (kind: MediaDeviceKind) =>
    devices.filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '');
  return { inputs: of('audioinput'), outputs: of('audiooutput') };
}

/** Whether the microphone may be used without asking, as far as the browser tells. */
export async function isMicrophoneAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' as PermissionName });
    return state === 'granted';
  } catch {
    return false;
  }
}

/** How to allow the microphone, by the browser at hand. */
export function howToAllow(agent: string): string {
  if (/iPhone|iPad/.test(agent)) {
    return 'On this device: Settings, Apps, your browser, Microphone; for Safari also the “aA” or page menu beside the address, Website Settings, Microphone: Allow.';
  }
  if (/Android/.test(agent)) {
    return 'Touch the sign beside the address, then Permissions, Microphone, Allow. If it is not listed: the system’s Settings, Apps, your browser, Permissions.';
  }
  if (/Firefox\//.test(agent)) {
    return 'Click the crossed-out microphone beside the address and take the block away, then try again.';
  }
  if (/Edg\/|Chrome\//.test(agent)) {
    return 'Click the sign left of the address, switch Microphone on, then try again. If it is on there, the system forbids it: look for Microphone under Privacy in its settings.';
  }
  if (/Safari\//.test(agent)) {
    return 'In the menu: Safari, Settings for This Website, Microphone: Allow. If it is allowed there: System Settings, Privacy & Security, Microphone.';
  }
  return 'Look for the microphone in the settings that your browser keeps for this site, allow it, then try again.';
}
