import type { ReportAnswer } from '@/api/types';
import styles from './report.module.css';

/** The stronger version of their own answer, advice, and an answer that would get full marks. */
export function Coaching({ entry: { feedback, reference } }: { entry: ReportAnswer }) {
  if (!feedback && !reference) return null;
  return (
    <div className={styles.coaching}>
      {feedback?.sample_answer && (
        <details className={styles.fold} open>
          <summary>A stronger version of your answer</summary>
          <p className="soft small">Only facts that you gave. Fill in what stands in brackets.</p>
          <p className={styles.stronger}>{feedback.sample_answer}</p>
        </details>
      )}
      {feedback && feedback.tips.length > 0 && (
        <details className={styles.fold}>
          <summary>Advice for the next try</summary>
          <p>{feedback.detailed_feedback}</p>
          <ul className={styles.tips}>
            {[...feedback.areas_for_improvement, ...feedback.tips, ...feedback.resources].map((tip) => (
              <li key={tip}>{tip}</li>
            ))}
          </ul>
        </details>
      )}
      {reference && (
        <details className={styles.fold}>
          <summary>An answer that would get full marks</summary>
          <p className={styles.stronger}>{reference}</p>
        </details>
      )}
    </div>
  );
}
