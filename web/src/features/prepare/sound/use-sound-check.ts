import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ensureSignedIn } from '@/api/account';
import { checkSound } from '@/api/voice';
import type { Levels } from '@/components/sound/level-meter';
import { FRAME_MS } from '@/lib/sound/framer';
import { faultOf, type Loudness, loudnessOf, type SoundFault } from '@/lib/sound/loudness';
import {
  type Microphone,
  MicrophoneError,
  type MicrophoneTrouble,
  openMicrophone,
} from '@/lib/sound/microphone';
import { type PreferredDevices, preferDevices, preferredDevices } from '@/lib/sound/preferred-devices';
import { wavOf } from '@/lib/sound/wav';

/** A sentence takes less. */
const LONGEST_MS = 7_000;

/** A sentence that was tried: how it sounded, and where it can be listened to. */
export type Tried = { fault: SoundFault; url: string };

/** Trying the microphone: letting it in, saying a sentence, hearing what became of it. */
export function useSoundCheck(language: string) {
  const queries = useQueryClient();
  const [state, setState] = useState<'off' | 'asking' | 'on' | 'recording'>('off');
  const [trouble, setTrouble] = useState<MicrophoneTrouble | null>(null);
  const [isSilenced, setSilenced] = useState(false);
  const [devices, setDevices] = useState(preferredDevices);
  const [tried, setTried] = useState<Tried | null>(null);
  const microphone = useRef<Microphone | null>(null);
  const recording = useRef<Int16Array[] | null>(null);
  const entry = useRef(0);
  const listeners = useRef(new Set<(loudness: Loudness) => void>());
  const levels: Levels = useCallback((listen) => {
    listeners.current.add(listen);
    return () => listeners.current.delete(listen);
  }, []);
  const understood = useMutation({
    mutationFn: async (wav: Blob) => {
      await ensureSignedIn(queries);
      return checkSound(wav, language);
    },
  });

  const close = useCallback(() => {
    entry.current += 1;
    microphone.current?.close();
    microphone.current = null;
    recording.current = null;
  }, []);
  const finish = () => {
    const frames = recording.current;
    recording.current = null;
    if (!frames) return;
    setState('on');
    const wav = wavOf(frames);
    const fault = faultOf(frames.map(loudnessOf));
    setTried({ fault, url: URL.createObjectURL(wav) });
    // Silence has no words in it, and some recognisers find some all the same.
    if (fault !== 'silent') understood.mutate(wav);
  };
  const finished = useRef(finish);
  finished.current = finish;
  const hear = (frame: Int16Array) => {
    const loudness = loudnessOf(frame);
    for (const listen of listeners.current) listen(loudness);
    const frames = recording.current;
    frames?.push(frame);
    if (frames && frames.length * FRAME_MS >= LONGEST_MS) finished.current();
  };
  const open = async (using: PreferredDevices = devices) => {
    close();
    const mine = entry.current;
    setState('asking');
    setTrouble(null);
    setSilenced(false);
    try {
      const opened = await openMicrophone(using.input, {
        onFrame: hear,
        onChange: (change) => {
          setSilenced(change === 'silenced');
          if (change !== 'ended') return;
          close();
          setTrouble('gone');
          setState('off');
        },
      });
      if (mine !== entry.current) return opened.close();
      microphone.current = opened;
      setState('on');
    } catch (error) {
      if (mine !== entry.current) return;
      setTrouble(error instanceof MicrophoneError ? error.trouble : 'busy');
      setState('off');
    }
  };
  useEffect(() => close, [close]);
  useEffect(() => () => void (tried && URL.revokeObjectURL(tried.url)), [tried]);

  return {
    state,
    trouble,
    isSilenced,
    devices,
    tried,
    levels,
    understood,
    open: () => void open(),
    record: () => {
      setTried(null);
      understood.reset();
      recording.current = [];
      setState('recording');
    },
    finish,
    choose: (chosen: PreferredDevices) => {
      preferDevices(chosen);
      setDevices(chosen);
      if (chosen.input !== devices.input && state !== 'off') void open(chosen);
    },
  };
}

export type Check = ReturnType<typeof useSoundCheck>;
