import { useMe } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import { useHistory } from '@/api/sessions';
import type { User } from '@/api/types';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime } from '@/lib/format';
import { useTitle } from '@/lib/use-title';
import styles from './history.module.css';
import { HistoryList } from './history-list';

/** All interviews of the person at the screen, newest first. */
export function HistoryPage() {
  useTitle('Your interviews');
  const me = useMe();
  return (
    <div className={`page ${styles.page}`}>
      <header className={styles.heading}>
        <h1 id="history-heading" tabIndex={-1}>
          Your interviews
        </h1>
        <ButtonLink to="/" look="primary">
          A new one
        </ButtonLink>
      </header>
      {me.isPending && <Waiting />}
      {me.isError && <Failed error={me.error} retry={() => void me.refetch()} />}
      {me.data === null && <SignedOut />}
      {me.data && <Entries me={me.data} />}
    </div>
  );
}

function Entries({ me }: { me: User }) {
  const history = useHistory(true);
  if (history.isPending) return <Waiting />;
  if (!history.data) {
    const signedOut = history.error instanceof ApiError && history.error.status === 401;
    if (signedOut) return <SignedOut />;
    return <Failed error={history.error} retry={() => void history.refetch()} />;
  }
  const sessions = history.data.pages.flatMap((page) => page.items);
  return (
    <>
      {me.is_guest && me.expires_at && sessions.length > 0 && <KeepThem until={me.expires_at} />}
      <HistoryList sessions={sessions} more={history.hasNextPage} />
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

function Waiting() {
  return <Skeleton label="Fetching your interviews" lines={8} />;
}

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <Notice kind="bad">
      <p>{messageOf(error)}</p>
      <Button onClick={retry}>Try again</Button>
    </Notice>
  );
}

function SignedOut() {
  return (
    <div className="stack">
      <p>
        You are not signed in here, so there is nothing to show. Interviews stay with the account they belong
        to; those of a guest are deleted when the guest’s time is over.
      </p>
      <div className="row">
        <ButtonLink to="/login?next=/history">Sign in</ButtonLink>
        <ButtonLink to="/" look="quiet">
          Start as a guest
        </ButtonLink>
      </div>
    </div>
  );
}

function KeepThem({ until }: { until: string }) {
  return (
    <Notice>
      <p>
        You are here as a guest: all of this is deleted on {dateTime(until)}, unless you make it yours with an
        account.
      </p>
      <ButtonLink to="/account">Keep it</ButtonLink>
    </Notice>
  );
}
