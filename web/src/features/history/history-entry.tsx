import { Trash2 } from 'lucide-react';
import { Link } from 'react-router';
import type { Session } from '@/api/types';
import { Button, ButtonLink } from '@/components/button';
import { Lamps } from '@/components/lamps';
import { dateTime, plural, score, words } from '@/lib/format';
import styles from './history.module.css';

const ENDED = {
  finished: 'Finished',
  time_up: 'Time was up',
  ended_early: 'Ended early',
  conduct: 'Ended by the interviewer',
};

export const nameOf = ({ position, title }: Session) => position || title;

/** Whether it can still be gone on with. */
export const isOpen = ({ status }: Session) => status === 'active' || status === 'paused';

function statusOf({ status, completion_reason }: Session): string {
  if (status === 'active') return 'Under way';
  if (status === 'paused') return 'Paused';
  if (status === 'abandoned') return 'Left unfinished';
  return completion_reason ? ENDED[completion_reason] : 'Finished';
}

/** One interview: where it stands, what came of it, and the way back to it. */
export function HistoryEntry({ session, onDelete }: { session: Session; onDelete: () => void }) {
  const { id, duration, interview_type, started_at, channel } = session;
  const open = isOpen(session);
  const target = open ? `/interview/${id}` : `/report/${id}`;
  const when = dateTime(started_at);
  const name = nameOf(session);
  const facts = [when, plural(duration, 'minute'), interview_type.map(words).join(', ')];
  return (
    <li className={styles.entry}>
      <div className={styles.what}>
        <h2 className={styles.title}>
          <Link to={target}>{name}</Link>
        </h2>
        <p className="soft small">
          {facts.join(' · ')}
          {channel === 'voice' && ` · Spoken${session.recorded_ms ? ', recorded' : ''}`}
        </p>
      </div>
      {open ? <Standing session={session} /> : <Outcome session={session} />}
      <div className={styles.ways}>
        {open && (
          <ButtonLink to={target} look="primary">
            Go on
            <span className="visually-hidden">
              {' '}
              with {name}, {when}
            </span>
          </ButtonLink>
        )}
        <Button look="quiet" aria-label={`Delete ${name}, ${when}`} onClick={onDelete}>
          <Trash2 aria-hidden size={18} />
        </Button>
      </div>
    </li>
  );
}

/** How far an open interview has come. */
function Standing({ session }: { session: Session }) {
  const { planned, planned_answered } = session.progress;
  const lamps = Array.from({ length: planned }, (_, at) => ({
    key: `lamp-${at}`,
    state: at < planned_answered ? ('lit' as const) : ('off' as const),
  }));
  return (
    <div className={styles.result}>
      <Lamps lamps={lamps} />
      <p className="small">
        {statusOf(session)}
        <span className="soft">
          , {planned_answered} of {planned} answered
        </span>
      </p>
    </div>
  );
}

/** The mark of an interview that is over, or that there is none. */
function Outcome({ session }: { session: Session }) {
  const { overall_score, progress } = session;
  return (
    <div className={styles.result}>
      {overall_score == null ? (
        <p className={styles.noMark}>Not assessed</p>
      ) : (
        <p className={styles.mark}>
          {score(overall_score)} <span className="soft small">of 10</span>
        </p>
      )}
      <p className="small">
        {statusOf(session)}
        <span className="soft">, {plural(progress.answered, 'answer')}</span>
      </p>
    </div>
  );
}
