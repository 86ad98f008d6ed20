import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { useOwnRetention } from '@/api/retention';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { day } from '@/lib/format';
import styles from './privacy.module.css';

/** What the person at the screen has here, and when it goes. */
export function WhenYoursGoes() {
  const { data: me } = useMe();
  const mine = useOwnRetention();
  if (!me) return null;
  const held = mine.data?.filter(({ count }) => count > 0) ?? [];
  return (
    <section className="stack">
      <h2>When yours goes</h2>
      {mine.isPending && <Skeleton label="Looking at what is yours" lines={3} />}
      {mine.isError && <Notice kind="bad">{messageOf(mine.error)}</Notice>}
      {mine.isSuccess && held.length === 0 && <p>There is nothing of yours here but your sign-in.</p>}
      {held.length > 0 && (
        <ul className={styles.kept}>
          {held.map(({ kind, what, count, first_goes_at }) => (
            <li key={kind}>
              <p>
                <strong>{what}:</strong> {count}
              </p>
              {first_goes_at && (
                <p className="soft small">
                  {count > 1 ? 'The oldest is' : 'It is'} deleted on {day(first_goes_at)} if nothing happens.
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
