import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Square, Volume2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ensureSignedIn } from '@/api/account';
import { messageOf } from '@/api/errors';
import type { Personality } from '@/api/types';
import { fetchVoiceSample, type VoiceAbout } from '@/api/voice';
import { Button } from '@/components/button';
import { Select } from '@/components/field';
import { Notice } from '@/components/notice';
import { type Playing, playBlob } from '@/lib/sound/play-blob';
import { preferredDevices } from '@/lib/sound/preferred-devices';
import { preferredVoice, preferVoice } from '@/lib/sound/preferred-voice';
import { PERSONALITIES } from '../set-up-options';
import styles from './sound.module.css';

type Voice = VoiceAbout['voices'][number] & { manner?: Personality | null };
type Props = { voices: Voice[]; language: string; manner: Personality };

/** Who suits the manner, and nobody in particular. */
const BY_MANNER = '';

/** Which voice the interviewer has; remembered on this device. Each can be heard before. */
export function InterviewerVoice({ voices: all, language, manner }: Props) {
  const [chosen, setChosen] = useState(() => preferredVoice() ?? BY_MANNER);
  const voices = all.filter((voice) => !voice.language || voice.language.startsWith(language));
  if (voices.length < 2) return null;
  const suits = voices.find((voice) => voice.manner === manner);
  // What was chosen another time may not speak this language.
  const voice = voices.find(({ id }) => id === chosen);
  const choose = (id: string) => {
    setChosen(id);
    preferVoice(id === BY_MANNER ? null : id);
  };
  const sample = voice ?? suits;
  return (
    <div className={styles.voice}>
      <Select
        label="The interviewer’s voice"
        hint={suits && !voice && `${suits.name} speaks for the ${nameOf(manner)} interviewer.`}
        value={voice?.id ?? BY_MANNER}
        onChange={(event) => choose(event.target.value)}
      >
        <option value={BY_MANNER}>The one that suits the manner</option>
        {voices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      {sample && <Sample key={sample.id} voice={sample} language={language} />}
    </div>
  );
}

function nameOf(manner: Personality): string {
  return (PERSONALITIES.find(({ value }) => value === manner)?.label ?? manner).toLowerCase();
}

function Sample({ voice, language }: { voice: Voice; language: string }) {
  const queries = useQueryClient();
  const playing = useRef<Playing | null>(null);
  const [sounds, setSounds] = useState(false);
  const fetchSample = useMutation({
    mutationFn: async () => {
      await ensureSignedIn(queries);
      return fetchVoiceSample(voice.id, language);
    },
    onSuccess: (sound) => {
      setSounds(true);
      playing.current = playBlob(sound, preferredDevices().output, () => setSounds(false));
    },
  });
  useEffect(() => () => playing.current?.stop(), []);
  const Icon = sounds ? Square : Volume2;
  return (
    <>
      <Button
        busy={fetchSample.isPending}
        onClick={() => (sounds ? playing.current?.stop() : fetchSample.mutate())}
      >
        <Icon aria-hidden size={18} />
        {sounds ? 'Stop' : `Hear ${voice.name}`}
      </Button>
      {fetchSample.isError && (
        <div className={styles.unheard}>
          <Notice kind="doubt">{messageOf(fetchSample.error)}</Notice>
        </div>
      )}
    </>
  );
}
