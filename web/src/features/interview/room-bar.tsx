import { Disc, Keyboard, Pause, Play, Square } from 'lucide-react';
import type { Session } from '@/api/types';
import { Button } from '@/components/button';
import { Lamps } from '@/components/lamps';
import { clock, words } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import styles from './room.module.css';

type RoomBarProps = {
  session: Session;
  readAt: number;
  /** Whether the sound is being kept. */
  isRecorded: boolean;
  onPause: () => void;
  onEnd: () => void;
  onHelp: () => void;
  busy: boolean;
};

/** Where the interview stands: phase, question, time; and the ways to stop. */
export function RoomBar({ session, readAt, isRecorded, onPause, onEnd, onHelp, busy }: RoomBarProps) {
  const { progress, phase, status } = session;
  const active = status === 'active';
  const now = useNow(active);
  const left = active
    ? Math.max(0, progress.remaining_ms - Math.max(0, now - readAt))
    : progress.remaining_ms;
  // A follow-up belongs to the question before it, which is answered already; what comes next may be one.
  const followsUp = Boolean(session.current_question?.parent_question_id);
  const isBefore = followsUp || !session.current_question;
  const at = Math.max(0, Math.min(progress.planned_answered - (isBefore ? 1 : 0), progress.planned - 1));
  const lamps = Array.from({ length: progress.planned }, (_, lamp) => ({
    key: `lamp-${lamp}`,
    state: lamp < at ? ('lit' as const) : lamp === at ? ('now' as const) : ('off' as const),
  }));
  const Icon = active ? Pause : Play;
  return (
    <div className={styles.barBand}>
      <div className={styles.bar}>
        <div className={styles.place}>
          <p>
            <strong>{words(phase)}</strong>
            <span className={styles.barSoft}>
              {` question ${at + 1} of ${progress.planned}`}
              {followsUp && ', follow-up'}
            </span>
          </p>
          <Lamps lamps={lamps} />
          {isRecorded && (
            <p className={styles.onRecord}>
              <Disc aria-hidden size={17} />
              Recording
            </p>
          )}
        </div>
        <div className={styles.controls}>
          <p className={styles.time}>
            <span className="visually-hidden">Time left: </span>
            {left > 0 ? clock(left) : 'Time is up'}
            {left === 0 && <span className={styles.barSoft}> This answer still counts.</span>}
          </p>
          <Button className={styles.control} onClick={onPause} busy={busy} aria-keyshortcuts="Alt+Shift+P">
            <Icon aria-hidden size={17} />
            {active ? 'Pause' : 'Go on'}
          </Button>
          <Button className={styles.control} onClick={onEnd} aria-keyshortcuts="Alt+Shift+E">
            <Square aria-hidden size={15} />
            End
          </Button>
          <Button
            className={styles.control}
            onClick={onHelp}
            aria-label="Keys"
            aria-keyshortcuts="Alt+Shift+K"
          >
            <Keyboard aria-hidden size={18} />
          </Button>
        </div>
      </div>
    </div>
  );
}
