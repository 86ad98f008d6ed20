import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useAbout } from '@/api/about';
import { messageOf } from '@/api/errors';
import type { WaysIn as Ways } from '@/api/types';
import { unlink, useWaysIn, waysInKey } from '@/api/ways-in';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime } from '@/lib/format';
import styles from './account.module.css';
import { LeaveLink } from './leave-link';

/** Providers that lead into the account: to link and unlink. Nothing where this server knows none. */
export function WaysIn() {
  const ways = useWaysIn(true);
  const providers = useAbout().data?.sign_in ?? [];
  if (providers.length === 0 && (ways.data?.linked.length ?? 0) === 0) return null;
  return (
    <section className={styles.sheet} aria-labelledby="ways-heading">
      <h2 id="ways-heading">Ways to sign in</h2>
      {ways.isPending && <Skeleton label="Fetching the ways to sign in" />}
      {ways.isError && (
        <Notice kind="bad">
          <p>{messageOf(ways.error)}</p>
          <Button onClick={() => void ways.refetch()}>Try again</Button>
        </Notice>
      )}
      {ways.data && <Linked ways={ways.data} />}
      {ways.data && (
        <div className="row">
          {providers
            .filter(({ name }) => !ways.data.linked.some(({ provider }) => provider === name))
            .map(({ name, label }) => (
              <LeaveLink key={name} provider={name} link next="/account">
                Link {label}
              </LeaveLink>
            ))}
        </div>
      )}
    </section>
  );
}

function Linked({ ways }: { ways: Ways }) {
  const queries = useQueryClient();
  const away = useMutation({
    mutationFn: unlink,
    onSuccess: () => queries.invalidateQueries({ queryKey: waysInKey }),
  });
  return (
    <>
      <p className="soft">
        {ways.has_password
          ? 'You can sign in with your password.'
          : 'You have no password. Set one below to be able to sign in without a provider.'}
      </p>
      {ways.linked.length > 0 && (
        <ul className={styles.ways}>
          {ways.linked.map(({ provider, label, email, linked_at, last_used_at }) => (
            <li key={label}>
              <div>
                <strong>{label}</strong>
                {email && <> as {email}</>}
                <p className="soft">
                  Linked on {dateTime(linked_at)}, last used on {dateTime(last_used_at)}.
                  {!provider && ' This server does not know the provider any more.'}
                </p>
              </div>
              {provider && (
                <Button
                  look="quiet"
                  busy={away.isPending && away.variables === provider}
                  onClick={() => away.mutate(provider)}
                >
                  Unlink {label}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {away.isError && <Notice kind="bad">{messageOf(away.error)}</Notice>}
    </>
  );
}
