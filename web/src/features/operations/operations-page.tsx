import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { useStatus } from '@/api/operations';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { Skeleton } from '@/components/skeleton';
import { useTitle } from '@/lib/use-title';
import { Costs } from './costs';
import { GivenUp } from './given-up';
import { Needed } from './needed';
import styles from './operations.module.css';
import { Queue } from './queue';
import { System } from './system';

/** How the server is doing, for administrators. */
export function OperationsPage() {
  useTitle('Operations');
  const me = useMe();
  const isAdmin = me.data?.role === 'admin';
  return (
    <div className={`page narrow ${styles.page}`}>
      <header className="stack">
        <h1>Operations</h1>
        <p>How this server is doing. It is looked at again every ten seconds.</p>
      </header>
      {me.isPending && <Skeleton label="Fetching your account" />}
      {me.isError && <Failed error={me.error} onAgain={() => void me.refetch()} />}
      {me.data === null && (
        <Notice>
          <p>Sign in as an administrator to see this.</p>
          <SignInAgain />
        </Notice>
      )}
      {me.data && !isAdmin && (
        <Notice kind="doubt">
          <p>
            This is for administrators. Whoever runs this server makes one with{' '}
            <code>greenroom user add --email you@example.com --role admin</code>.
          </p>
        </Notice>
      )}
      {isAdmin && <Operations />}
    </div>
  );
}

function Operations() {
  const status = useStatus();
  if (status.isPending) return <Skeleton label="Looking at the server" lines={10} />;
  if (!status.data) return <Failed error={status.error} onAgain={() => void status.refetch()} />;
  return (
    <>
      {status.isError && (
        <Notice kind="doubt">
          <p>{messageOf(status.error)} What you see is from before.</p>
        </Notice>
      )}
      <Needed dependencies={status.data.dependencies} />
      <Queue work={status.data.work} />
      <GivenUp />
      <Costs status={status.data} />
      <System status={status.data} />
    </>
  );
}

function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  return (
    <Notice kind="bad">
      <p>{messageOf(error)}</p>
      <Button onClick={onAgain}>Try again</Button>
    </Notice>
  );
}
