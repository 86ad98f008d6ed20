import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { messageOf } from '@/api/errors';
import { DEAD_KEY, dropJob, type QueuedJob, retryJob, STATUS_KEY, useDeadJobs } from '@/api/operations';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime, plural, words } from '@/lib/format';
import styles from './operations.module.css';

/** Work that failed too often: try it again, or forget it. */
export function GivenUp() {
  const dead = useDeadJobs();
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const jobs = dead.data?.pages.flatMap((page) => page.items) ?? [];
  // The button that was pressed goes with its entry.
  const gone = (what: string) => {
    setSaid(what);
    heading.current?.focus();
  };
  return (
    <section className={styles.sheet} aria-labelledby="dead-heading">
      <h2 id="dead-heading" ref={heading} tabIndex={-1}>
        Given up
      </h2>
      <p role="status">{said}</p>
      {dead.isPending && <Skeleton label="Fetching what was given up" lines={3} />}
      {dead.isError && (
        <Notice kind="bad">
          <p>{messageOf(dead.error)}</p>
          <Button onClick={() => void dead.refetch()}>Try again</Button>
        </Notice>
      )}
      {dead.isSuccess && jobs.length === 0 && <p className="soft">No work was given up.</p>}
      {jobs.length > 0 && (
        <ul className={styles.jobs}>
          {jobs.map((job) => (
            <Entry key={job.id} job={job} onGone={gone} />
          ))}
        </ul>
      )}
      {dead.hasNextPage && (
        <div className="row">
          <Button busy={dead.isFetchingNextPage} onClick={() => void dead.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}

function Entry({ job, onGone }: { job: QueuedJob; onGone: (what: string) => void }) {
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const name = words(job.kind);
  const act = useMutation({
    mutationFn: async (what: 'retry' | 'drop') => {
      await (what === 'retry' ? retryJob(job.id) : dropJob(job.id));
    },
    onSuccess: async (_, what) => {
      setAsks(false);
      onGone(what === 'retry' ? `${name} is queued again.` : `${name} is forgotten.`);
      await Promise.all([
        queries.invalidateQueries({ queryKey: DEAD_KEY }),
        queries.invalidateQueries({ queryKey: STATUS_KEY }),
      ]);
    },
    onError: () => setAsks(false),
  });
  return (
    <li>
      <h3>{name}</h3>
      <p className="small soft">
        Was due on {dateTime(job.run_at)}, {plural(job.attempts, 'attempt')}
      </p>
      {job.error && <p className={styles.error}>{job.error}</p>}
      <p className="small">
        <code>{job.payload}</code>
      </p>
      {act.isError && <Notice kind="bad">{messageOf(act.error)}</Notice>}
      <div className="row">
        <Button busy={act.isPending && !asks} onClick={() => act.mutate('retry')}>
          Try it again<span className="visually-hidden"> {name}</span>
        </Button>
        <Button look="quiet" onClick={() => setAsks(true)}>
          Forget it<span className="visually-hidden"> {name}</span>
        </Button>
      </div>
      <ConfirmDialog
        title="Forget this work?"
        open={asks}
        onClose={() => setAsks(false)}
        onConfirm={() => act.mutate('drop')}
        confirm="Forget it"
        busy={act.isPending}
      >
        <p>It will never be done: an answer stays unjudged, for example. This cannot be taken back.</p>
      </ConfirmDialog>
    </li>
  );
}
