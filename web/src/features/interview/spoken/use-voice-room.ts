import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { VoiceAbout } from '@/api/voice';
import type { LineState } from '@/api/voice-line/line';
import type { FromServer } from '@/api/voice-wire';
import type { Levels } from '@/components/sound/level-meter';
import type { Loudness } from '@/lib/sound/loudness';
import { MicrophoneError, type MicrophoneTrouble } from '@/lib/sound/microphone';
import { type PreferredDevices, preferDevices, preferredDevices } from '@/lib/sound/preferred-devices';
import { preferredVoice } from '@/lib/sound/preferred-voice';
import { prefersRealtime } from '@/lib/sound/preferred-way';
import { holdVoice } from './hold-voice';
import { NOTHING_SAID, type SpokenLog, withCorrection, withMessage, withSounded } from './spoken-log';
import { withoutTold, withTold } from './told';
import { openVoiceRoom, type VoiceRoom } from './voice-room';

/**
 * Whether somebody is in the room by voice: outside, being let in, in it, in it in another tab, without a microphone,
 * or with a line that the server has ended.
 */
type Presence = 'outside' | 'asking' | 'inside' | 'elsewhere' | 'trouble' | 'over';

type Heard =
  | { kind: 'message'; message: FromServer }
  | { kind: 'told'; what: string; on: boolean }
  | { kind: 'sounded'; reply: number; ms: number }
  | { kind: 'corrected'; key: string; from: string; to: string }
  | { kind: 'begun' };

function heard(log: SpokenLog, what: Heard): SpokenLog {
  if (what.kind === 'message') return withMessage(log, what.message);
  if (what.kind === 'sounded') return withSounded(log, what.reply, what.ms);
  if (what.kind === 'corrected') return withCorrection(log, what.key, what.from, what.to);
  if (what.kind === 'told') {
    return { ...log, told: (what.on ? withTold : withoutTold)(log.told, what.what) };
  }
  return { ...log, phase: 'connecting', told: [], closed: null };
}

/** The voice side of an interview: getting in, what is said, and getting out. */
export function useVoiceRoom(sessionId: string, about: VoiceAbout | undefined) {
  const [presence, setPresence] = useState<Presence>('outside');
  const [trouble, setTrouble] = useState<MicrophoneTrouble | null>(null);
  const [line, setLine] = useState<LineState>('connecting');
  const [log, hear] = useReducer(heard, NOTHING_SAID);
  const [muted, setMuted] = useState(false);
  const [devices, setDevices] = useState(preferredDevices);
  const room = useRef<VoiceRoom | null>(null);
  const release = useRef<(() => void) | null>(null);
  /** Counts the ways in, so that one that was given up is not taken. */
  const entry = useRef(0);
  const listeners = useRef(new Set<(loudness: Loudness) => void>());

  const levels: Levels = useCallback((listen) => {
    listeners.current.add(listen);
    return () => listeners.current.delete(listen);
  }, []);
  const leave = useCallback((to: Presence = 'outside') => {
    entry.current += 1;
    room.current?.leave();
    room.current = null;
    release.current?.();
    release.current = null;
    setPresence(to);
  }, []);

  const held = useRef(false);
  const hold = useCallback((on: boolean) => {
    held.current = on;
    room.current?.hold(on);
  }, []);

  const join = async ({ steal = false, using = devices } = {}) => {
    if (!about) return;
    leave('asking');
    const mine = entry.current;
    const isGivenUp = () => mine !== entry.current;
    hear({ kind: 'begun' });
    setTrouble(null);
    const letGo = await holdVoice(sessionId, steal, () => !isGivenUp() && leave('elsewhere'));
    if (!letGo) return isGivenUp() ? undefined : setPresence('elsewhere');
    try {
      const opened = await openVoiceRoom(
        {
          sessionId,
          about,
          devices: using,
          muted,
          voice: preferredVoice(),
          realtime: about.realtime && prefersRealtime(),
        },
        {
          onState: (state) => {
            if (isGivenUp()) return;
            setLine(state);
            if (state === 'closed' || state === 'refused') leave('over');
          },
          onMessage: (message) => hear({ kind: 'message', message }),
          onSounded: (reply, ms) => hear({ kind: 'sounded', reply, ms }),
          onLevel: (loudness) => {
            for (const listen of listeners.current) listen(loudness);
          },
          onMicrophone: (change) => {
            if (change === 'ended') {
              setTrouble('gone');
              leave('trouble');
            } else hear({ kind: 'told', what: 'silenced', on: change === 'silenced' });
          },
          onWeak: (weak) => hear({ kind: 'told', what: 'network_weak', on: weak }),
          onSlept: () => hear({ kind: 'told', what: 'slept', on: true }),
        },
      );
      if (isGivenUp()) {
        letGo();
        opened.leave();
        return;
      }
      room.current = opened;
      opened.hold(held.current);
      release.current = letGo;
      setPresence('inside');
    } catch (error) {
      letGo();
      if (isGivenUp()) return;
      setTrouble(error instanceof MicrophoneError ? error.trouble : 'busy');
      setPresence('trouble');
    }
  };
  useEffect(() => () => leave(), [leave]);

  return {
    presence,
    trouble,
    line,
    log,
    muted,
    devices,
    levels,
    join,
    leave,
    /** Nothing is heard while it is on, without that being a turn of anybody. */
    hold,
    mute: (on: boolean) => {
      setMuted(on);
      room.current?.mute(on);
    },
    done: () => room.current?.done(),
    repeat: () => room.current?.repeat(),
    corrected: (key: string, from: string, to: string) => hear({ kind: 'corrected', key, from, to }),
    choose: (chosen: PreferredDevices) => {
      setDevices(chosen);
      preferDevices(chosen);
      if (presence === 'inside' || presence === 'trouble') void join({ using: chosen });
    },
  };
}

export type Voice = ReturnType<typeof useVoiceRoom>;
