import type { Question } from '@/api/types';
import motion from '@/components/motion.module.css';
import styles from './room.module.css';

const BECAUSE = {
  job: 'Because the job says',
  resume: 'Because your resume says',
  profile: 'Because your profile says',
  answer: 'Because you said',
};

/** The question, and the lines that caused it. */
export function QuestionCard({ question }: { question: Question }) {
  return (
    <section className={styles.wall} aria-label="The question">
      <div key={question.id} className={`${styles.question} ${motion.arrive}`} aria-live="polite">
        {question.lead_in && <p className={styles.leadIn}>{question.lead_in}</p>}
        <h1 className={styles.content}>{question.content}</h1>
        {question.grounding.length > 0 && (
          <ul className={styles.grounding}>
            {question.grounding.map(({ source, text }) => (
              <li key={source + text}>
                {BECAUSE[source]}: <q>{text}</q>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
