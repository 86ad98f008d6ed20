import type { ReactNode } from 'react';
import type { Question } from '@/api/types';
import motion from '@/components/motion.module.css';
import { sentences } from '@/lib/sentences';
import styles from './room.module.css';

const BECAUSE = {
  job: 'Because the job says',
  resume: 'Because your resume says',
  profile: 'Because your profile says',
  answer: 'Because you said',
  memory: 'Because you said in an earlier interview',
};

type WallProps = {
  question: Question | null;
  /** Words of the next question so far; null while the interviewer is not at work. */
  draft: string | null;
  /** The interview's language, a BCP 47 tag. */
  language: string;
  /** Whether a voice says it: then a screen reader that said it too would speak over it. */
  isHeard?: boolean;
  /** What stands under the words. */
  children?: ReactNode;
};

/**
 * What the interviewer says: the question, or that it thinks, with its words as they come. Screen readers hear that
 * it thinks and then the finished question, each once; the words on the way are for the eye.
 */
export function Wall({ question, draft, language, isHeard = false, children }: WallProps) {
  return (
    <section className={styles.wall} aria-label="The interviewer">
      <div className={styles.question}>
        <div className={styles.says} aria-live={isHeard ? 'off' : 'polite'} aria-atomic>
          {draft === null ? (
            question && <Asked key={question.id} question={question} language={language} />
          ) : (
            <h1 className={draft === '' ? styles.thinking : 'visually-hidden'}>
              <span className={styles.glow} aria-hidden />
              The interviewer is thinking
            </h1>
          )}
        </div>
        {draft && (
          <div aria-hidden>
            <Remark text={draft} language={language} />
          </div>
        )}
        {children}
      </div>
    </section>
  );
}

/** The question, and the lines that caused it. */
function Asked({ question, language }: { question: Question; language: string }) {
  const { lead_in, content, grounding } = question;
  return (
    <>
      {lead_in && <Remark text={lead_in} language={language} />}
      <h1 className={`${styles.content} ${motion.arrive}`}>{content}</h1>
      {grounding.length > 0 && (
        <ul className={`${styles.grounding} ${motion.arrive}`}>
          {grounding.map(({ source, text }) => (
            <li key={source + text}>
              {BECAUSE[source]}: <q>{text}</q>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What is said beside the questions; several sentences stand apart, since each may be about something else. */
export function Remark({ text, language }: { text: string; language: string }) {
  return (
    <div className={`${styles.leadIn} ${styles.remark}`} lang={language}>
      {sentences(text, language).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words grow at their end; each sentence keeps its place
        <p key={at}>{part}</p>
      ))}
    </div>
  );
}
