import { useVoice } from '@/api/voice';
import { Button } from '@/components/button';
import { Choices } from '@/components/choices';
import { SpeechConsent } from '@/components/sound/speech-consent';
import { useSpeechConsent } from '@/components/sound/use-speech-consent';
import type { Settings } from '@/lib/preparation';
import { InterviewerVoice } from './interviewer-voice';
import { RecordingConsent } from './recording-consent';
import { SoundCheck } from './sound-check';
import { WhoSpeaks } from './who-speaks';

type Channel = NonNullable<Settings['channel']>;

const WAYS: { value: Channel; label: string; detail: string }[] = [
  { value: 'text', label: 'Type', detail: 'In your own time, with drafts kept' },
  { value: 'voice', label: 'Speak', detail: 'Aloud, as it will be; you can still type at any moment' },
];

type Props = {
  channel: Channel;
  language: string;
  manner: Settings['personality'];
  onChange: (channel: Channel) => void;
};

/** Whether the interview is written or spoken; nothing to choose where this server cannot hear. */
export function HowAnswered({ channel, language, manner, onChange }: Props) {
  const { data: voice } = useVoice();
  const speech = useSpeechConsent(voice);
  if (!voice?.speech_to_text) return null;
  return (
    <>
      <Choices
        legend="How you answer"
        options={WAYS}
        chosen={[channel]}
        onChange={([chosen]) => chosen && onChange(chosen)}
        width="15rem"
      />
      {channel === 'voice' && (
        <>
          {voice.text_to_speech && (
            <InterviewerVoice voices={voice.voices} language={language} manner={manner} />
          )}
          <SpeechConsent about={voice} />
          {voice.realtime && <WhoSpeaks />}
          {speech === 'missing' ? (
            <Button look="quiet" onClick={() => onChange('text')}>
              Type this interview instead
            </Button>
          ) : (
            <SoundCheck language={language} onType={() => onChange('text')} />
          )}
          <p className="soft small">
            {!voice.sound_leaves && 'Your speech becomes text on this server; the sound goes nowhere else. '}
            For your report a few numbers are taken from it, such as pace and pauses; no score uses them.
          </p>
          <RecordingConsent />
        </>
      )}
    </>
  );
}
