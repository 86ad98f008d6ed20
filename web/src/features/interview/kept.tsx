import type { Submission } from '@/api/types';
import styles from './room.module.css';

/** The answer just given, while the interviewer thinks: it is on the server, whatever comes. */
export function Kept({ response, isLate }: { response: Submission; isLate: boolean }) {
  return (
    <div className={styles.kept}>
      <p className="soft small">Your answer is kept.</p>
      <p className={styles.keptWords} dir="auto">
        {response.content.trim() || 'You passed on this question.'}
      </p>
      <p className="small" role="status">
        {isLate && 'The next question takes longer than usual. Nothing is lost: wait, pause, or end here.'}
      </p>
    </div>
  );
}
