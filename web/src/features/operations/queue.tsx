import type { Status } from '@/api/operations';
import { ago, words } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import styles from './operations.module.css';

/** Background work that waits, by kind. */
export function Queue({ work }: { work: Status['work'] }) {
  const now = useNow(true);
  return (
    <section className={styles.sheet} aria-labelledby="queue-heading">
      <h2 id="queue-heading">Background work</h2>
      {work.length === 0 && <p className="soft">Nothing waits, and nothing was given up.</p>}
      {work.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Work</th>
              <th scope="col">Waits</th>
              <th scope="col">Runs</th>
              <th scope="col">Given up</th>
              <th scope="col">Oldest due</th>
            </tr>
          </thead>
          <tbody>
            {work.map((load) => (
              <tr key={load.kind}>
                <th scope="row">{words(load.kind)}</th>
                <td data-label="Waits">{load.waiting}</td>
                <td data-label="Runs">{load.running}</td>
                <td data-label="Given up">{load.dead}</td>
                <td data-label="Oldest due">{load.due_since ? ago(load.due_since, now) : 'none'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
