import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { SoundFault } from '@/lib/sound/loudness';
import styles from './sound.module.css';
import type { Check, Tried as TriedSentence } from './use-sound-check';

const FAULTS: Record<NonNullable<SoundFault>, string> = {
  silent:
    'Nothing was heard. The microphone may be switched off at the device or the keyboard, or another one is chosen above.',
  quiet: 'You are very quiet. Move closer, or turn the microphone up in the system’s settings.',
  clipped: 'You are too loud for this microphone. Move back a little, or turn it down.',
  noisy: 'The room is nearly as loud as you. A quieter place or a headset helps; in noise, typing is safer.',
};

type Props = { tried: TriedSentence; check: Check; onType: () => void };

/** What became of a sentence: how it sounded, what was understood, and the sound itself. */
export function Tried({ tried: { fault, url }, check: { understood }, onType }: Props) {
  const { data, error, isPending } = understood;
  const words = data?.text?.trim() ?? '';
  const isUnsaid = data !== undefined && data.text === null;
  const isEmpty = data !== undefined && !isUnsaid && words === '';
  const isGood = fault === null && words !== '';
  return (
    <div className="stack">
      {fault && <Notice kind="doubt">{FAULTS[fault]}</Notice>}
      <div role="status" className="stack">
        {isPending && <p className="soft">Listening to it …</p>}
        {words !== '' && (
          <p>
            Understood: <q className={styles.understood}>{words}</q>
          </p>
        )}
        {isEmpty && (
          <Notice kind="doubt">
            No words were understood. Say a whole sentence, a little slower, in the language of the interview.
          </Notice>
        )}
        {isUnsaid && (
          <Notice kind="doubt">
            No engine could make text of it at the moment. The sound itself can be heard below; type the
            interview if it stays like this.
          </Notice>
        )}
        {error && (
          <Notice kind="bad">
            <p>{messageOf(error)}</p>
            <p>The sound itself can be heard below. If it stays like this, type the interview.</p>
          </Notice>
        )}
        {isGood && <Notice>This works. You can start.</Notice>}
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: one's own sentence, whose words stand above */}
      <audio className={styles.audio} controls src={url} aria-label="What you said" />
      {!isGood && !isPending && (
        <div className="row">
          <Button look="quiet" onClick={onType}>
            Type this interview instead
          </Button>
        </div>
      )}
    </div>
  );
}
