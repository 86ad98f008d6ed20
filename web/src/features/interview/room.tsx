import { useState } from 'react';
import { messageOf } from '@/api/errors';
import type { Session } from '@/api/types';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { plural } from '@/lib/format';
import { AnswerBox } from './answer-box';
import { Paused } from './paused';
import { QuestionCard } from './question-card';
import styles from './room.module.css';
import { RoomBar } from './room-bar';
import { ShortcutsDialog } from './shortcuts-dialog';
import { SoFar } from './so-far';
import { Stranded } from './stranded';
import { useAnswer } from './use-answer';
import { useMoves } from './use-moves';
import { useRoom } from './use-room';
import { useShortcuts } from './use-shortcuts';

type RoomProps = {
  session: Session;
  /** When the session was read, by this device's clock, milliseconds. */
  readAt: number;
};

type OpenDialog = 'end' | 'shortcuts';

/** One interview that goes on: the question, the answer, the time. */
export function Room({ session, readAt }: RoomProps) {
  const { turns, line } = useRoom(session.id);
  const answer = useAnswer(session);
  const { move, pauseOrGoOn } = useMoves(session, answer.hold);
  const [open, setOpen] = useState<OpenDialog | null>(null);
  // The browser tells late that a dialog has closed; another may be open by then.
  const closed = (which: OpenDialog) => setOpen((now) => (now === which ? null : now));
  useShortcuts({ pause: pauseOrGoOn, end: () => setOpen('end'), help: () => setOpen('shortcuts') });
  const question = session.current_question;
  return (
    <div className={styles.room}>
      <div className={styles.top}>
        <RoomBar
          session={session}
          readAt={readAt}
          onPause={pauseOrGoOn}
          onEnd={() => setOpen('end')}
          onHelp={() => setOpen('shortcuts')}
          busy={move.isPending}
        />
        {line === 'lost' && (
          <div className={styles.banner} role="status">
            Connection lost. Your draft is kept on this device; reconnecting …
          </div>
        )}
      </div>
      {session.status === 'paused' ? (
        <Paused onGoOn={pauseOrGoOn} busy={move.isPending} />
      ) : (
        question && <QuestionCard question={question} />
      )}
      <div className={styles.floor}>
        <div className="stack">
          {move.isError && <Notice kind="bad">{messageOf(move.error)}</Notice>}
          {answer.stranded && <Stranded stranded={answer.stranded} onClose={answer.forgetStranded} />}
          {question && session.status === 'active' && <AnswerBox key={question.id} answer={answer} />}
          <p className="soft small" role="status">
            {answer.savedCount > 0 && `Saved. ${plural(session.progress.answered, 'answer')} kept.`}
          </p>
        </div>
        <SoFar session={session} turns={turns} />
      </div>
      <ConfirmDialog
        title="End the interview here?"
        open={open === 'end'}
        onClose={() => closed('end')}
        onConfirm={() => move.mutate('complete', { onSettled: () => closed('end') })}
        busy={move.isPending}
        confirm="End and see the report"
        cancel="Go on"
      >
        <p>
          The report covers the {plural(session.progress.answered, 'answer')} you have sent. What was not
          asked shows as not assessed, not as a low mark.
        </p>
        {answer.text.trim() !== '' && <p>The answer you are writing has not been sent and will not count.</p>}
      </ConfirmDialog>
      <ShortcutsDialog open={open === 'shortcuts'} onClose={() => closed('shortcuts')} />
      {line === 'refused' && (
        <Notice kind="bad">
          <p>You are no longer signed in here. Your draft is kept on this device.</p>
          <Button onClick={() => window.location.reload()}>Load the page again</Button>
        </Notice>
      )}
    </div>
  );
}
