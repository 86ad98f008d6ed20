import styles from './skeleton.module.css';

const KEYS = 'abcdefghijkl'.split('');

/** Holds the place of text that is on its way, so that nothing jumps. At most 12 lines. */
export function Skeleton({ label, lines = 6 }: { label: string; lines?: number }) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{label}</span>
      {KEYS.slice(0, lines).map((key) => (
        <div key={key} className={styles.line} aria-hidden />
      ))}
    </div>
  );
}
