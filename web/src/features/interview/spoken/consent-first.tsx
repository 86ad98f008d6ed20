import type { VoiceAbout } from '@/api/voice';
import { Button } from '@/components/button';
import { SpeechConsent } from '@/components/sound/speech-consent';
import styles from './spoken.module.css';

type Props = { about: VoiceAbout; isTyping: boolean; onType: () => void };

/** Where only another company could hear and the person has not agreed: the choice, and how to type instead. */
export function ConsentFirst({ about, isTyping, onType }: Props) {
  return (
    <section className={styles.panel} aria-labelledby="consent-heading">
      <h2 id="consent-heading">Before you speak</h2>
      <p>This interview is spoken, and here only another company makes text of speech. Nothing was sent.</p>
      <SpeechConsent about={about} />
      <div className="row">
        <Button look="quiet" aria-expanded={isTyping} onClick={onType}>
          {isTyping ? 'Close the text box' : 'Type instead'}
        </Button>
      </div>
    </section>
  );
}
