import type { VoiceAbout } from '@/api/voice';
import { type LineState, openVoiceLine, type VoiceLine } from '@/api/voice-line/line';
import type { FromServer } from '@/api/voice-wire';
import { type Loudness, loudnessOf } from '@/lib/sound/loudness';
import { type MicrophoneChange, openMicrophone } from '@/lib/sound/microphone';
import type { PreferredDevices } from '@/lib/sound/preferred-devices';
import { openTapeSpeaker, openTrackSpeaker, type Speaker, type TapeSpeaker } from '@/lib/sound/speaker';

type Options = {
  sessionId: string;
  about: VoiceAbout;
  devices: PreferredDevices;
  muted: boolean;
  /** The interviewer's; null for the one that suits the manner. */
  voice: string | null;
  /** Whether one model is to hear and speak. */
  realtime: boolean;
};

type Handlers = {
  onState: (state: LineState) => void;
  onMessage: (message: FromServer) => void;
  /** So much of a reply has sounded, ms. */
  onSounded: (reply: number, ms: number) => void;
  onLevel: (loudness: Loudness) => void;
  onMicrophone: (change: MicrophoneChange) => void;
  onWeak: (weak: boolean) => void;
  /** Nothing was heard for a while although the line stood: the page, or the device, slept. */
  onSlept: () => void;
};

export type VoiceRoom = {
  mute: (on: boolean) => void;
  /** Sends silence while it is on, without a word about it. */
  hold: (on: boolean) => void;
  done: () => void;
  /** Asks to hear the question again. */
  repeat: () => void;
  leave: () => void;
};

/** Longer than this between two frames is sleep, not load. */
const SLEEP_MS = 4_000;

/** Goes into the room with microphone and speaker. Throws `MicrophoneError`. */
export async function openVoiceRoom(options: Options, handlers: Handlers): Promise<VoiceRoom> {
  const { sessionId, about, devices, voice, realtime } = options;
  let line: VoiceLine | null = null;
  let speaker: Speaker | null = null;
  let tape: TapeSpeaker | null = null;
  let left = false;
  let muted = options.muted;
  let held = false;
  let heardAt = performance.now();

  const microphone = await openMicrophone(devices.input, {
    onFrame: (frame) => {
      const now = performance.now();
      if (now - heardAt > SLEEP_MS) handlers.onSlept();
      heardAt = now;
      handlers.onLevel(loudnessOf(frame));
      line?.frame(frame);
    },
    onChange: (change) => {
      if (change === 'silenced') line?.muted(true);
      if (change === 'heard') line?.muted(muted);
      handlers.onMicrophone(change);
    },
  });
  microphone.mute(muted);

  const onPlayed = (reply: number, ms: number) => {
    line?.send({ type: 'played', reply, ms });
    handlers.onSounded(reply, ms);
  };
  const obey = (message: FromServer) => {
    if (message.type === 'play') speaker?.play(message.reply);
    // Before anything else is done with it: silence is what the person waits for.
    else if (message.type === 'hush') speaker?.hush(message.reply);
    else if (message.type === 'resume') speaker?.resume(message.reply, message.from_ms);
    else if (message.type === 'stop') speaker?.stop(message.reply);
    handlers.onMessage(message);
  };
  line = openVoiceLine(
    { sessionId, microphone, about, muted, voice, realtime },
    {
      onState: handlers.onState,
      onWeak: handlers.onWeak,
      onMessage: obey,
      onSound: (reply, offsetMs, pcm) => tape?.take(reply, offsetMs, pcm),
      onCarrier: async ({ stream }) => {
        speaker?.close();
        speaker = null;
        tape = null;
        const opened = stream
          ? await openTrackSpeaker(stream, devices.output, onPlayed)
          : await openTapeSpeaker(devices.output, onPlayed);
        if (left) return opened.close();
        speaker = opened;
        if ('take' in opened) tape = opened as TapeSpeaker;
      },
    },
  );
  return {
    hold: (on) => {
      held = on;
      microphone.mute(held || muted);
    },
    mute: (on) => {
      muted = on;
      microphone.mute(held || muted);
      line?.muted(on);
    },
    done: () => line?.send({ type: 'done' }),
    repeat: () => line?.send({ type: 'repeat' }),
    leave: () => {
      left = true;
      line?.close();
      speaker?.close();
      microphone.close();
    },
  };
}
