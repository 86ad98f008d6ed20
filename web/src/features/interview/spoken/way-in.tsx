import { Mic } from 'lucide-react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Devices } from '@/components/sound/devices';
import { MicrophoneTrouble } from '@/components/sound/microphone-trouble';
import styles from './spoken.module.css';
import type { Voice } from './use-voice-room';
import { closedInWords } from './words';

type Props = { voice: Voice; isTyping: boolean; onType: () => void };

/** Before one is in the room by voice, and after: how to get in, why it does not work, and how to type instead. */
export function WayIn({ voice, isTyping, onType }: Props) {
  const { presence, trouble, line, log } = voice;
  const isOver = presence === 'over';
  const isElsewhere = presence === 'elsewhere';
  return (
    <section className={styles.panel} aria-labelledby="way-in-heading">
      <h2 id="way-in-heading">{heading(voice)}</h2>
      {trouble && <MicrophoneTrouble trouble={trouble} />}
      {isElsewhere && <p>Two that listen would hear each other, so only one of them speaks.</p>}
      {isOver && line === 'closed' && <Notice>{closedInWords(log.closed ?? '')}</Notice>}
      {isOver && line === 'refused' && (
        <Notice kind="bad">
          The server does not let this page in: the sign-in may have ended, or the interview is paused or
          over. Load the page again.
        </Notice>
      )}
      {presence === 'outside' && (
        <p>
          This interview is spoken. Your browser asks for the microphone; what you say becomes text that you
          see and can put right. You can type at any moment.
        </p>
      )}
      {(trouble === 'gone' || trouble === 'busy') && (
        <Devices chosen={voice.devices} onChange={voice.choose} />
      )}
      <div className="row">
        <Button
          look="primary"
          large
          busy={presence === 'asking'}
          onClick={() => void voice.join({ steal: isElsewhere })}
        >
          <Mic aria-hidden size={18} />
          {presence === 'outside' || presence === 'asking'
            ? 'Turn on the microphone'
            : isElsewhere
              ? 'Speak here instead'
              : 'Try again'}
        </Button>
        <Button look="quiet" aria-expanded={isTyping} onClick={onType}>
          {isTyping ? 'Close the text box' : 'Type instead'}
        </Button>
      </div>
    </section>
  );
}

function heading({ presence, line }: Voice): string {
  if (presence === 'elsewhere') return 'You speak in another tab';
  if (presence === 'trouble') return 'Your microphone is not there';
  if (presence === 'over')
    return line === 'refused' ? 'The voice line does not open' : 'The voice line has ended';
  return 'Speak your answers';
}
