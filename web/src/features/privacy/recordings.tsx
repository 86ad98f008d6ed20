import { Link } from 'react-router';
import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { useHistory } from '@/api/sessions';
import type { Session } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { KeepRecording } from '@/components/recording/keep-recording';
import { useDeleteRecording } from '@/components/recording/use-delete-recording';
import { Skeleton } from '@/components/skeleton';
import { dateTime, placeOf } from '@/lib/format';
import styles from './privacy.module.css';

/** The recordings of the person at the screen, each to listen to and to delete by itself. */
export function Recordings() {
  const { data: me } = useMe();
  const history = useHistory(Boolean(me));
  if (!me) return null;
  const sessions = history.data?.pages.flatMap(({ items }) => items) ?? [];
  const spoken = sessions.filter(({ channel, status }) => channel === 'voice' && status !== 'active');
  return (
    <section className="stack" aria-labelledby="recordings-heading">
      <h2 id="recordings-heading">Your recordings</h2>
      {history.isPending && <Skeleton label="Looking for recordings" lines={2} />}
      {history.isError && <Notice kind="bad">{messageOf(history.error)}</Notice>}
      {history.isSuccess && (
        <>
          <ul className={styles.recordings}>
            {spoken.map((session) => (
              <Entry key={session.id} session={session} />
            ))}
          </ul>
          <p className={styles.noRecordings}>No sound of yours is kept here.</p>
        </>
      )}
      {history.hasNextPage && (
        <div className="row">
          <Button busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            Look in earlier interviews
          </Button>
        </div>
      )}
    </section>
  );
}

/** Nothing for an interview that was not recorded. */
function Entry({ session }: { session: Session }) {
  const deletion = useDeleteRecording(session.id);
  if (deletion.state === 'gone') {
    return <li role="status">The recording of “{session.title}” is deleted.</li>;
  }
  if (!session.recorded_ms) return null;
  return (
    <li>
      {deletion.state === 'going' ? (
        <KeepRecording onKeep={deletion.undo} />
      ) : (
        <div className={styles.recording}>
          <div>
            <p>
              <Link to={`/report/${session.id}#recording`}>{session.title}</Link>
            </p>
            <p className="soft small">
              {dateTime(session.started_at)} · {placeOf(session.recorded_ms)} long
            </p>
          </div>
          <Button
            look="quiet"
            aria-label={`Delete the recording of ${session.title}, ${dateTime(session.started_at)}`}
            onClick={deletion.begin}
          >
            Delete
          </Button>
        </div>
      )}
      {deletion.failure !== null && (
        <Notice kind="bad">{deletion.failure} The recording is still there.</Notice>
      )}
    </li>
  );
}
