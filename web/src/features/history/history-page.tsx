import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { useHistory } from '@/api/sessions';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { useTitle } from '@/lib/use-title';
import styles from './history.module.css';
import { HistoryEntry } from './history-entry';

/** All interviews of the person at the screen, newest first. */
export function HistoryPage() {
  useTitle('Your interviews');
  const { data: me } = useMe();
  return (
    <div className={`page ${styles.page}`}>
      <header className={styles.heading}>
        <h1>Your interviews</h1>
        <ButtonLink to="/" look="primary">
          A new one
        </ButtonLink>
      </header>
      {me === null ? <SignedOut /> : <Entries enabled={me !== undefined} />}
    </div>
  );
}

function SignedOut() {
  return (
    <div className="stack">
      <p>
        You are not signed in here, so there is nothing to show. Interviews stay with the account they belong
        to.
      </p>
      <div className="row">
        <ButtonLink to="/login?next=/history">Sign in</ButtonLink>
      </div>
    </div>
  );
}

function Entries({ enabled }: { enabled: boolean }) {
  const history = useHistory(enabled);
  if (history.isPending) return <Skeleton label="Fetching your interviews" />;
  if (!history.data) {
    return (
      <Notice kind="bad">
        <p>{messageOf(history.error)}</p>
        <Button onClick={() => void history.refetch()}>Try again</Button>
      </Notice>
    );
  }
  const sessions = history.data.pages.flatMap((page) => page.items);
  if (sessions.length === 0) {
    return (
      <p className="soft">None yet. The first one takes five minutes and needs nothing but a job posting.</p>
    );
  }
  return (
    <>
      <ul className={styles.entries}>
        {sessions.map((session) => (
          <HistoryEntry key={session.id} session={session} />
        ))}
      </ul>
      {history.isFetchNextPageError && <Notice kind="bad">{messageOf(history.error)}</Notice>}
      {history.hasNextPage && (
        <div className="row">
          <Button busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
