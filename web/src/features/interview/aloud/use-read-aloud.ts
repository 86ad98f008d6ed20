import { useEffect, useRef, useState } from 'react';
import type { Question } from '@/api/types';
import { browserVoice, sayWith } from '@/lib/sound/browser-voice';
import { keepStored, readStored } from '@/lib/storage';

const KEY = 'greenroom.read-aloud';

/**
 * Reads questions out with the browser's own voice, for servers that have none. `byDefault` is whether it does so
 * until the person says otherwise; `instead` is whether somebody else says them already.
 */
export function useReadAloud(
  question: Question | null,
  language: string,
  byDefault: boolean,
  instead: boolean,
) {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | null>(null);
  const [wish, setWish] = useState(() => readStored('localStorage', KEY));
  const [isReading, setReading] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  const on = !instead && voice !== null && (wish === null ? byDefault : wish === 'yes');
  const id = question?.id;
  const text = [question?.lead_in, question?.content].filter(Boolean).join(' ');

  useEffect(() => {
    let gone = false;
    void browserVoice(language).then((found) => !gone && setVoice(found));
    return () => {
      gone = true;
    };
  }, [language]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each question is read once, however its words are put
  useEffect(() => {
    if (!on || !voice || !id) return;
    setReading(true);
    stop.current = sayWith(voice, text, () => setReading(false));
    return () => stop.current?.();
  }, [on, voice, id]);

  return {
    /** Whether there is anything to switch. */
    can: voice !== null && !instead,
    on,
    isReading,
    toggle: () => {
      const next = on ? 'no' : 'yes';
      keepStored('localStorage', KEY, next);
      setWish(next);
    },
    /** Enough of this one. */
    skip: () => stop.current?.(),
  };
}

export type Aloud = ReturnType<typeof useReadAloud>;
