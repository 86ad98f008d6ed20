import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { messageOf } from '@/api/errors';
import { deleteSession, historyKey, reportKey, sessionKey } from '@/api/sessions';
import type { Session } from '@/api/types';
import { Button, ButtonLink } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { dateTime, plural, score, words } from '@/lib/format';
import styles from './history.module.css';

const STATUS: Record<string, string> = {
  active: 'Goes on',
  paused: 'Paused',
  completed: 'Finished',
  abandoned: 'Left unfinished',
};

/** One interview: where it stands, what came of it, and the way back to it. */
export function HistoryEntry({ session }: { session: Session }) {
  const open = session.status === 'active' || session.status === 'paused';
  const target = open ? `/interview/${session.id}` : `/report/${session.id}`;
  const facts = [
    dateTime(session.started_at),
    `${session.duration} minutes`,
    session.interview_type.map(words).join(', '),
    plural(session.progress.answered, 'answer'),
  ];
  return (
    <li className={styles.entry}>
      <div className={styles.what}>
        <h2 className={styles.title}>
          <Link to={target}>{session.title}</Link>
        </h2>
        <p className="soft small">{facts.join(' · ')}</p>
      </div>
      <p className={styles.result}>
        {session.overall_score == null ? (
          <span className="soft">{open ? STATUS[session.status] : 'Not assessed'}</span>
        ) : (
          <>
            <strong>{score(session.overall_score)}</strong> <span className="soft small">of 10</span>
          </>
        )}
        {!open && <span className="soft small">{STATUS[session.status]}</span>}
      </p>
      <div className={styles.ways}>
        {open && (
          <ButtonLink to={target} look="primary">
            Go on
          </ButtonLink>
        )}
        <Remove session={session} />
      </div>
    </li>
  );
}

function Remove({ session }: { session: Session }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => deleteSession(session.id),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: reportKey(session.id) });
      queries.removeQueries({ queryKey: sessionKey(session.id) });
      setAsking(false);
      await queries.invalidateQueries({ queryKey: historyKey });
    },
  });
  return (
    <>
      <Button look="quiet" aria-label={`Delete ${session.title}`} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden size={18} />
      </Button>
      <ConfirmDialog
        title="Delete this interview?"
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        confirm="Delete it"
      >
        <p>
          Questions, {plural(session.progress.answered, 'answer')} and judgements of “{session.title}” are
          removed from this server. This cannot be undone.
        </p>
        {remove.isError && <Notice kind="bad">{messageOf(remove.error)}</Notice>}
      </ConfirmDialog>
    </>
  );
}
