import type { ReactNode } from 'react';
import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { Skeleton } from '@/components/skeleton';
import { looksAfterBank } from '@/lib/roles';

/** Shows its children to curators and administrators, and tells others whom they are for. */
export function Curators({ children }: { children: ReactNode }) {
  const me = useMe();
  if (me.isPending) return <Skeleton label="Fetching your account" />;
  if (me.isError) return <Failed error={me.error} onAgain={() => void me.refetch()} />;
  if (looksAfterBank(me.data)) return children;
  if (me.data === null) {
    return (
      <Notice>
        <p>Sign in as a curator to see the question bank.</p>
        <SignInAgain />
      </Notice>
    );
  }
  return (
    <Notice kind="doubt">
      <p>
        These pages are for curators. Whoever runs this server makes one with{' '}
        <code>greenroom user add --email you@example.com --role curator</code>.
      </p>
    </Notice>
  );
}

export function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  return (
    <Notice kind="bad">
      <p>{messageOf(error)}</p>
      <Button onClick={onAgain}>Try again</Button>
    </Notice>
  );
}
