import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

const ICONS = { note: Info, doubt: TriangleAlert, bad: CircleAlert };

/** Something to know (`note`), to check (`doubt`) or that failed (`bad`, read out at once). */
export function Notice({
  kind = 'note',
  children,
}: {
  kind?: 'note' | 'doubt' | 'bad';
  children: ReactNode;
}) {
  const Icon = ICONS[kind];
  return (
    <div className={`${styles.notice} ${styles[kind] ?? ''}`} role={kind === 'bad' ? 'alert' : undefined}>
      <Icon aria-hidden size={18} />
      <div className={styles.body}>{children}</div>
    </div>
  );
}
