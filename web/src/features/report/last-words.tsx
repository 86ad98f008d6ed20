import styles from './notes.module.css';

/** What the interviewer said at the end; the transcript has it as its last turn. */
export function LastWords({ farewell, language }: { farewell: string; language: string }) {
  return (
    <figure className={styles.farewell}>
      <figcaption className="soft small">The interviewer’s last words</figcaption>
      <blockquote className={styles.quote} lang={language}>
        {farewell}
      </blockquote>
    </figure>
  );
}
