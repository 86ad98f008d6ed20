import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Session } from '@/api/types';
import { plural } from '@/lib/format';
import { DeleteDialog } from './delete-dialog';
import styles from './history.module.css';
import { HistoryEntry, nameOf } from './history-entry';

/** The interviews, with one question for all of them before one is deleted. */
export function HistoryList({ sessions, more }: { sessions: Session[]; more: boolean }) {
  const [doomed, setDoomed] = useState<Session | null>(null);
  const [deleted, setDeleted] = useState<Session | null>(null);
  // The button that was pressed is gone with its row; until the dialog has closed, nothing else takes focus.
  useEffect(() => {
    if (deleted) document.getElementById('history-heading')?.focus();
  }, [deleted]);
  const onDeleted = (session: Session) => {
    setDoomed(null);
    setDeleted(session);
  };
  return (
    <div className="stack">
      <p className="soft" role="status">
        {deleted && `“${nameOf(deleted)}” is deleted. `}
        {sessions.length > 0 && `${plural(sessions.length, 'interview')}${more ? ', and more' : ''}.`}
      </p>
      {sessions.length === 0 ? (
        <p>
          None yet. The first one takes five minutes and needs nothing but a job posting:{' '}
          <Link to="/">bring one, or try with a sample</Link>.
        </p>
      ) : (
        <ul className={styles.entries}>
          {sessions.map((session) => (
            <HistoryEntry key={session.id} session={session} onDelete={() => setDoomed(session)} />
          ))}
        </ul>
      )}
      <DeleteDialog session={doomed} onClose={() => setDoomed(null)} onDeleted={onDeleted} />
    </div>
  );
}
