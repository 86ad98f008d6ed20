import type { AuditEntry } from '@/api/audit';
import { dateTime, words } from '@/lib/format';
import styles from './operations.module.css';

/** What was done, the newest first. */
export function AuditEntries({ entries }: { entries: AuditEntry[] }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">What was done, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">When</th>
          <th scope="col">By</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <th scope="row">
              <span>
                {words(entry.action.replace('.', ' '))}
                {entry.details && <span className={styles.details}>{entry.details}</span>}
              </span>
            </th>
            <td data-label="When">
              <time dateTime={entry.at}>{dateTime(entry.at)}</time>
            </td>
            <td data-label="By">{entry.actor ? <Name of={entry.actor} /> : 'nobody signed in'}</td>
            <td data-label="To">
              <Name of={entry.subject} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** An id in small type, a name as it is. */
function Name({ of }: { of: string }) {
  return /^[0-9a-f-]{36}$/.test(of) ? <code className={styles.id}>{of}</code> : of;
}
