import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { forgetMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { endSignIn } from '@/api/sign-ins';
import type { User } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { dateTime } from '@/lib/format';
import styles from './account.module.css';

/** Tells of sign-ins that fell because somebody had a copy of them, until the person says that they know. */
export function FallenNotice({ user }: { user: User }) {
  const queries = useQueryClient();
  const know = useMutation({
    mutationFn: () => Promise.all(user.alerts.map(({ id }) => endSignIn(id))),
    onSettled: () => forgetMe(queries),
  });
  if (user.alerts.length === 0) return null;
  return (
    <section className={styles.fallen} aria-label="About your sign-ins">
      <Notice kind="doubt">
        <p>
          <strong>We ended a sign-in of yours because it was used from two places at once.</strong> Somebody
          may have a copy of it.
        </p>
        <ul>
          {user.alerts.map(({ id, device, address, signed_in_at, ended_at }) => (
            <li key={id}>
              {device || 'A device that did not say what it is'}
              {address && `, ${address}`}, signed in {dateTime(signed_in_at)}, ended {dateTime(ended_at)}
            </li>
          ))}
        </ul>
        <p>
          If you do not know why,{' '}
          {user.is_guest ? (
            'sign in again on a device of your own'
          ) : (
            <Link to="/account">change your password and look at where you are signed in</Link>
          )}
          .
        </p>
        {know.isError && <p>{messageOf(know.error)}</p>}
        <Button busy={know.isPending} onClick={() => know.mutate()}>
          I know
        </Button>
      </Notice>
    </section>
  );
}
