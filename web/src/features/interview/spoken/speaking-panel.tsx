import { Check, Keyboard, Mic, MicOff, RotateCcw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { LevelMeter } from '@/components/sound/level-meter';
import { PhaseSaid } from './phase-said';
import { Recorded } from './recorded';
import styles from './spoken.module.css';
import { wordsNow } from './spoken-log';
import type { RecordedNow } from './use-recorded';
import type { Voice } from './use-voice-room';
import { inWords, LINE_WORDS, PHASE_WORDS } from './words';

type Props = { voice: Voice; recorded: RecordedNow; isTyping: boolean; onType: () => void };

/** Whose turn it is, what is heard of the candidate, and what they can do about it. */
export function SpeakingPanel({ voice, recorded, isTyping, onType }: Props) {
  const { log, line, muted, levels } = voice;
  const phase = line === 'open' ? log.phase : 'connecting';
  const isTurn = phase === 'listening' || phase === 'interrupted';
  const words = LINE_WORDS[line] ?? PHASE_WORDS[phase];
  const now = wordsNow(log);
  const isSaying = now.stands !== '' || now.changes !== '';
  const done = useRef<HTMLButtonElement>(null);
  // The key for "finished" lies under the finger when the turn comes, unless the person is somewhere else.
  useEffect(() => {
    const at = document.activeElement;
    if (isTurn && !isTyping && (at === document.body || at?.id === 'main')) {
      done.current?.focus({ preventScroll: true });
    }
  }, [isTurn, isTyping]);
  return (
    <section className={styles.panel} aria-label="Your answer, spoken">
      <div className={styles.head}>
        <p className={styles.phase}>
          <span className={styles.turnLamp} data-on={isTurn} aria-hidden />
          {words}
        </p>
        <div className={styles.heard}>
          <span className="soft small">{muted ? 'Microphone off' : 'Your microphone'}</span>
          <LevelMeter levels={levels} label="Loudness of your microphone" />
        </div>
      </div>
      <Recorded recorded={recorded} />
      <p className={styles.words} dir="auto">
        {isSaying ? (
          <>
            {now.stands} <span className={styles.changes}>{now.changes}</span>
          </>
        ) : (
          <span className="soft">{hint(phase, muted)}</span>
        )}
      </p>
      <div role="status" className={styles.told}>
        {log.told.map((told) => {
          const words = inWords(told);
          return (
            words && (
              <Notice key={told.what} kind={isBad(told.what) ? 'doubt' : 'note'}>
                {words}
              </Notice>
            )
          );
        })}
      </div>
      <PhaseSaid words={saidOf(phase, line === 'lost')} />
      <div className={styles.acts}>
        <div className={styles.first}>
          <Button
            ref={done}
            look="primary"
            large
            aria-disabled={!isTurn || undefined}
            onClick={() => isTurn && voice.done()}
            aria-keyshortcuts="Alt+Shift+D"
          >
            <Check aria-hidden size={18} />I have finished
          </Button>
          <Button aria-pressed={muted} onClick={() => voice.mute(!muted)} aria-keyshortcuts="Alt+Shift+M">
            {muted ? <MicOff aria-hidden size={17} /> : <Mic aria-hidden size={17} />}
            {muted ? 'Microphone is off' : 'Mute'}
          </Button>
        </div>
        <div className={styles.more}>
          <Button look="quiet" aria-disabled={!isTurn || undefined} onClick={() => isTurn && voice.repeat()}>
            <RotateCcw aria-hidden size={17} />
            Repeat the question
          </Button>
          <Button look="quiet" aria-expanded={isTyping} onClick={onType} aria-keyshortcuts="Alt+Shift+T">
            <Keyboard aria-hidden size={17} />
            {isTyping ? 'Speak instead' : 'Type instead'}
          </Button>
        </div>
      </div>
      <p className={`soft small ${styles.keys}`}>
        A pause ends your answer by itself. To end it at once: Space or Enter on “I have finished”, or Alt +
        Shift + D from anywhere.
      </p>
    </section>
  );
}

function hint(phase: string, muted: boolean): string {
  if (phase === 'listening') {
    return muted ? 'Switch the microphone on to speak.' : 'Speak when you are ready. Your words appear here.';
  }
  if (phase === 'interrupted') return 'Go on. Your words appear here in a moment.';
  if (phase === 'speaking') return 'You can cut in at any time.';
  return '';
}

/** For the ear: only what the ear does not know yet. */
function saidOf(phase: string, isLost: boolean): string {
  if (isLost) return 'Connection lost. Reconnecting.';
  if (phase === 'listening') return 'Your turn.';
  if (phase === 'thinking') return 'The interviewer is thinking.';
  return '';
}

const isBad = (what: string) =>
  [
    'engine_lost',
    'not_understood',
    'network_weak',
    'silenced',
    'slept',
    'only_noise',
    'answer_not_kept',
  ].includes(what);
