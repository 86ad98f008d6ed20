import { useVoice } from '@/api/voice';
import { Choices } from '@/components/choices';
import type { Settings } from '@/lib/preparation';
import { RecordingConsent } from './recording-consent';
import { SoundCheck } from './sound-check';

type Channel = NonNullable<Settings['channel']>;

const WAYS: { value: Channel; label: string; detail: string }[] = [
  { value: 'text', label: 'Type', detail: 'In your own time, with drafts kept' },
  { value: 'voice', label: 'Speak', detail: 'Aloud, as it will be; you can still type at any moment' },
];

type Props = { channel: Channel; language: string; onChange: (channel: Channel) => void };

/** Whether the interview is written or spoken; nothing to choose where this server cannot hear. */
export function HowAnswered({ channel, language, onChange }: Props) {
  const { data: voice } = useVoice();
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
          <SoundCheck language={language} onType={() => onChange('text')} />
          <p className="soft small">
            {voice.sound_leaves
              ? 'The sound of your answers goes to another company, which makes text of it. It does so only while you agree, under Privacy, that words go to other companies’ models.'
              : 'Your speech becomes text on this server; the sound goes nowhere else.'}
          </p>
          <RecordingConsent />
        </>
      )}
    </>
  );
}
