import type { ReactNode } from 'react';
import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { Skeleton } from '@/components/skeleton';
import { useTitle } from '@/lib/use-title';
import styles from './operations.module.css';

type Props = { title: string; intro: ReactNode; children: ReactNode };

/** A page for administrators. Whoever is none is told so, and nothing is fetched for them. */
export function AdministratorsPage({ title, intro, children }: Props) {
  useTitle(title);
  const me = useMe();
  const isAdmin = me.data?.role === 'admin';
  return (
    <div className={`page narrow ${styles.page}`}>
      <header className="stack">
        <h1>{title}</h1>
        <p>{intro}</p>
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
      {isAdmin && children}
    </div>
  );
}

/** What could not be fetched, with another try. */
export function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  return (
    <Notice kind="bad">
      <p>{messageOf(error)}</p>
      <Button onClick={onAgain}>Try again</Button>
    </Notice>
  );
}
