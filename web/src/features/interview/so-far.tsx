import { Check, Circle, CircleDot } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Session } from '@/api/types';
import styles from './room.module.css';
import type { Turn } from './room-log';

const STATUS = {
  covered: { Icon: Check, says: 'covered' },
  asked: { Icon: CircleDot, says: 'being asked' },
  left: { Icon: Circle, says: 'to come' },
};

type Props = { session: Session; turns: Turn[]; children?: ReactNode };

/** What has been covered, and the answers that are kept. */
export function SoFar({ session, turns, children }: Props) {
  const answered = turns.filter(({ response }) => response !== null);
  return (
    <aside className={styles.soFar} aria-label="So far">
      <h2 className={styles.asideHeading}>What it is about</h2>
      <ul className={styles.checklist}>
        {session.progress.checklist.map(({ key, label, status }) => {
          const { Icon, says } = STATUS[status];
          return (
            <li key={key} className={styles[status]}>
              <Icon aria-hidden size={16} />
              <span>
                {label}
                <span className="visually-hidden">, {says}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {answered.length > 0 && (
        <>
          <h2 className={styles.asideHeading}>Your answers</h2>
          <ol className={styles.answers}>
            {answered.map(({ question, response }) => (
              <li key={question.id}>
                <details>
                  <summary>{question.content}</summary>
                  <p>{response?.content.trim() ? response.content : 'Passed.'}</p>
                </details>
              </li>
            ))}
          </ol>
        </>
      )}
      {children}
    </aside>
  );
}
