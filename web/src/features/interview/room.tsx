import { lazy, Suspense, useState } from 'react';
import { Navigate } from 'react-router';
import { messageOf } from '@/api/errors';
import type { Session } from '@/api/types';
import { useVoice } from '@/api/voice';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { useLasting } from '@/lib/use-lasting';
import { Dictation } from './aloud/dictation';
import { ReadAloud } from './aloud/read-aloud';
import { useReadAloud } from './aloud/use-read-aloud';
import { AnswerBox } from './answer-box';
import { Closing } from './closing';
import { Kept } from './kept';
import { MirrorDoor } from './mirror/mirror-door';
import { Paused } from './paused';
import styles from './room.module.css';
import { RoomBar } from './room-bar';
import { isOver, openQuestion } from './room-log';
import { ShortcutsDialog } from './shortcuts-dialog';
import { SoFar } from './so-far';
import { Stranded } from './stranded';
import { useAnswer } from './use-answer';
import { useMoves } from './use-moves';
import { useRoom } from './use-room';
import { useShortcuts } from './use-shortcuts';
import { Wall } from './wall';

export type RoomProps = {
  session: Session;
  /** When the session was read, by this device's clock, milliseconds. */
  readAt: number;
};

/** The built-in interviewer asks sooner than this; that it thinks would only flicker. */
const AT_ONCE_MS = 400;
/** The next question is there sooner than this, unless something is wrong. */
const USUAL_MS = 20_000;

/** Loaded by those who speak; who types needs nothing of it. */
const SpokenFloor = lazy(async () => ({
  default: (await import('./spoken/spoken-floor')).SpokenFloor,
}));

type OpenDialog = 'end' | 'shortcuts';

/** One interview that goes on: the question, the answer, the time. */
export function Room({ session, readAt }: RoomProps) {
  const { log, line } = useRoom(session.id);
  const question = openQuestion(session, log);
  const answer = useAnswer(session.id, question, log.turns);
  const { move, pauseOrGoOn } = useMoves(session, answer.hold);
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const [isHeard, setHeard] = useState(false);
  const [isRecorded, setRecorded] = useState(false);
  const isSpoken = session.channel === 'voice';
  const { data: voice } = useVoice();
  const isActive = session.status === 'active';
  const aloud = useReadAloud(
    isActive ? question : null,
    session.language,
    isSpoken && voice?.text_to_speech === false,
    isHeard,
  );
  // The browser tells late that a dialog has closed; another may be open by then.
  const closed = (which: OpenDialog) => setOpen((now) => (now === which ? null : now));
  useShortcuts({ pause: pauseOrGoOn, end: () => setOpen('end'), help: () => setOpen('shortcuts') });
  const isWaiting = session.status === 'active' && question === null;
  const lastsLonger = useLasting(isWaiting, AT_ONCE_MS);
  const isLate = useLasting(isWaiting, USUAL_MS);
  const draft = isWaiting ? (log.draft ?? (lastsLonger ? '' : null)) : null;
  const last = log.turns.at(-1);
  // The log may be ahead of the interview as read.
  const inLog = log.turns.filter(({ response }) => response !== null).length;
  const answered = Math.max(session.progress.answered, inLog);
  const dictation = voice?.speech_to_text === false && (
    <Dictation
      language={session.language}
      disabled={question === null || answer.isSending}
      onWords={(words) => answer.write(answer.text === '' ? words : `${answer.text.trimEnd()} ${words}`)}
    />
  );
  const answerBox = <AnswerBox questionId={question?.id ?? null} answer={answer} aid={dictation} />;
  const farewell = log.farewell ?? answer.farewell;
  // Who hears the interviewer hears the last words too: the server ends the line after them.
  const isParting = isOver(session) && isHeard;
  if (isOver(session) && !isParting) return <End session={session} farewell={farewell} />;
  return (
    <div className={styles.room}>
      <div className={styles.top}>
        {!isParting && (
          <RoomBar
            session={session}
            readAt={readAt}
            isRecorded={isRecorded}
            onPause={pauseOrGoOn}
            onEnd={() => setOpen('end')}
            onHelp={() => setOpen('shortcuts')}
            busy={move.isPending}
          />
        )}
        {line === 'lost' && (
          <div className={styles.banner} role="status">
            Connection lost. Your draft is kept on this device; reconnecting …
          </div>
        )}
      </div>
      {session.status === 'paused' ? (
        <Paused onGoOn={pauseOrGoOn} busy={move.isPending} />
      ) : isParting ? (
        <Closing session={session} farewell={farewell} />
      ) : (
        <Wall
          question={question ?? last?.question ?? null}
          draft={draft}
          language={session.language}
          isHeard={isHeard || aloud.isReading}
        >
          <ReadAloud aloud={aloud} />
        </Wall>
      )}
      <div className={styles.floor}>
        <div className="stack">
          {move.isError && <Notice kind="bad">{messageOf(move.error)}</Notice>}
          {answer.stranded && <Stranded stranded={answer.stranded} onClose={answer.forgetStranded} />}
          {draft !== null && last?.response && <Kept response={last.response} isLate={isLate} />}
          {session.status === 'active' && !isSpoken && answerBox}
          {isSpoken && (
            <Suspense fallback={<Skeleton label="Opening the voice line" />}>
              <SpokenFloor
                session={session}
                answers={log.turns.flatMap(({ response }) => response ?? [])}
                answerBox={answerBox}
                hasDraft={answer.text.trim() !== ''}
                onHeard={setHeard}
                onRecorded={setRecorded}
                isReadOut={aloud.isReading}
              />
            </Suspense>
          )}
          <p className="soft small" role="status">
            {answer.savedCount > 0 && `Saved. ${plural(answered, 'answer')} kept.`}
          </p>
        </div>
        <SoFar session={session} turns={log.turns}>
          <MirrorDoor />
        </SoFar>
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
          The report covers the {plural(answered, 'answer')} you have sent. What was not asked shows as not
          assessed, not as a low mark.
        </p>
        {answer.text.trim() !== '' && <p>The answer you are writing has not been sent and will not count.</p>}
      </ConfirmDialog>
      <ShortcutsDialog isSpoken={isSpoken} open={open === 'shortcuts'} onClose={() => closed('shortcuts')} />
      {line === 'refused' && (
        <Notice kind="bad">
          <p>You are no longer signed in here. Your draft is kept on this device.</p>
          <Button onClick={() => window.location.reload()}>Load the page again</Button>
        </Notice>
      )}
    </div>
  );
}

/** The way on: by the interviewer's last words, if there are any, to the report. */
function End({ session, farewell }: { session: Session; farewell: string | null }) {
  if (farewell !== null || session.completion_reason === 'conduct') {
    return <Closing session={session} farewell={farewell} />;
  }
  return <Navigate to={`/report/${session.id}`} replace />;
}
