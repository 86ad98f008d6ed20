import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { messageOf } from '@/api/errors';
import { endOtherSignIns, endSignIn, signInsChanged, useSignIns } from '@/api/sign-ins';
import type { SignIn } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime, plural } from '@/lib/format';
import styles from './account.module.css';

const PHONES = /iPhone|iPad|Android/;

/** Where the person is signed in; what they do not know, they end. */
export function SignIns() {
  const queries = useQueryClient();
  const signIns = useSignIns();
  const changed = () => signInsChanged(queries);
  const end = useMutation({ mutationFn: endSignIn, onSettled: changed });
  const endOthers = useMutation({ mutationFn: endOtherSignIns, onSettled: changed });
  const error = end.error ?? endOthers.error;
  const others = (signIns.data ?? []).filter((entry) => !entry.is_current).length;
  const done = () => {
    if (endOthers.isSuccess) return `${plural(endOthers.data.ended, 'sign-in')} ended`;
    return end.isSuccess ? 'Ended' : '';
  };
  return (
    <section className={styles.sheet} aria-labelledby="sign-ins-heading">
      <h2 id="sign-ins-heading">Where you are signed in</h2>
      <p className="soft">
        What you do not know, end; then change the password. It stops working there at once. Of network
        addresses the last part is not kept.
      </p>
      {signIns.isPending && <Skeleton label="Fetching your sign-ins" lines={3} />}
      {signIns.isError && (
        <Notice kind="bad">
          <p>{messageOf(signIns.error)}</p>
          <Button onClick={() => void signIns.refetch()}>Try again</Button>
        </Notice>
      )}
      {signIns.data && (
        <ul className={styles.entries}>
          {signIns.data.map((entry) => (
            <Entry
              key={entry.id}
              signIn={entry}
              busy={end.isPending && end.variables === entry.id}
              onEnd={() => {
                endOthers.reset();
                end.mutate(entry.id);
              }}
            />
          ))}
        </ul>
      )}
      {error && <Notice kind="bad">{messageOf(error)}</Notice>}
      <div className="row">
        {others > 0 && (
          <Button
            busy={endOthers.isPending}
            onClick={() => {
              end.reset();
              endOthers.mutate();
            }}
          >
            End all others
          </Button>
        )}
        <span role="status">{done()}</span>
      </div>
    </section>
  );
}

function Entry({ signIn, busy, onEnd }: { signIn: SignIn; busy: boolean; onEnd: () => void }) {
  const { device, address, created_at, last_used_at, is_current } = signIn;
  const name = device || 'A device that did not say what it is';
  const Icon = PHONES.test(device) ? Smartphone : Laptop;
  return (
    <li className={styles.entry}>
      <Icon aria-hidden size={22} />
      <div className={styles.about}>
        <h3>{name}</h3>
        <p className="small">
          {is_current ? <strong>This one</strong> : <>Last used {dateTime(last_used_at)}</>}
          {address && <span className="soft"> · {address}</span>}
        </p>
        <p className="small soft">Signed in {dateTime(created_at)}</p>
      </div>
      {!is_current && (
        <Button busy={busy} onClick={onEnd}>
          End
          <span className="visually-hidden">
            {' '}
            {name}, signed in {dateTime(created_at)}
          </span>
        </Button>
      )}
    </li>
  );
}
