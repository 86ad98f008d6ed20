import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { Skeleton } from '@/components/skeleton';
import { useTitle } from '@/lib/use-title';
import styles from './people.module.css';
import { PeopleList } from './people-list';

/** Accounts, for administrators. */
export function PeoplePage() {
  useTitle('People');
  const me = useMe();
  const isAdmin = me.data?.role === 'admin';
  return (
    <div className="page narrow spread">
      <header className="stack">
        <h1>People</h1>
        <p>Who has an account here, and what they may do. What they said in interviews is theirs alone.</p>
      </header>
      {me.isPending && <Skeleton label="Fetching your account" />}
      {me.isError && (
        <Notice kind="bad">
          <p>{messageOf(me.error)}</p>
          <Button onClick={() => void me.refetch()}>Try again</Button>
        </Notice>
      )}
      {me.data === null && (
        <Notice>
          <p>Sign in as an administrator to see this.</p>
          <SignInAgain />
        </Notice>
      )}
      {me.data && !isAdmin && (
        <Notice kind="doubt">
          <p>This is for administrators. Ask one, or sign in as one.</p>
        </Notice>
      )}
      {isAdmin && (
        <>
          <PeopleList ownId={me.data?.id ?? ''} />
          <section className={`sheet ${styles.wraps}`} aria-labelledby="elsewhere-heading">
            <h2 id="elsewhere-heading">On the server</h2>
            <p>
              Some things need whoever runs the server, in its terminal. Passwords are typed there, never
              here.
            </p>
            <dl className={styles.commands}>
              <dt>Somebody forgot their password</dt>
              <dd>
                <code>greenroom user reset-password --email them@example.com</code>
              </dd>
              <dt>Make an account</dt>
              <dd>
                <code>greenroom user add --email them@example.com --role curator</code>
              </dd>
              <dt>No administrator can sign in any more</dt>
              <dd>
                <code>greenroom user unlock --email you@example.com</code>
              </dd>
            </dl>
          </section>
        </>
      )}
    </div>
  );
}
