import { Button } from '@/components/button';
import styles from './room.module.css';

/** In place of the question while the clock stands still. */
export function Paused({ onGoOn, busy }: { onGoOn: () => void; busy: boolean }) {
  return (
    <section className={styles.wall} aria-labelledby="paused-heading">
      <div className={styles.question}>
        <h1 id="paused-heading" className={styles.content}>
          Paused
        </h1>
        <p className={styles.leadIn}>
          The clock stands still and nothing is lost. You can close this page; the interview waits under
          Interviews.
        </p>
        <div className="row">
          <Button look="lamp" large autoFocus onClick={onGoOn} busy={busy}>
            Go on
          </Button>
        </div>
      </div>
    </section>
  );
}
