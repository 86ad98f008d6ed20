import { useEffect, useRef } from 'react';
import type { Session } from '@/api/types';
import { ButtonLink } from '@/components/button';
import { plural } from '@/lib/format';
import styles from './room.module.css';
import { Remark } from './wall';

/** The end of an interview that the interviewer closed with some words, or because of the tone. */
export function Closing({ session, farewell }: { session: Session; farewell: string | null }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, []);
  const forConduct = session.completion_reason === 'conduct';
  const given = plural(session.progress.answered, 'answer is', 'answers are');
  return (
    <section className={`${styles.wall} ${styles.closing}`} aria-labelledby="closing-heading">
      <div className={styles.question}>
        <h1 id="closing-heading" ref={heading} tabIndex={-1} className={styles.content}>
          {forConduct ? 'The interview ends here' : 'That was the interview'}
        </h1>
        {farewell && <Remark text={farewell} language={session.language} />}
        <p className={styles.leadIn}>
          {forConduct
            ? `The interviewer ended it because of the tone, after two reminders. That changes no mark: your ${given} kept and judged like any other.`
            : `Your ${given} kept. The report says what was made of ${session.progress.answered === 1 ? 'it' : 'them'}.`}
        </p>
        <div className="row">
          <ButtonLink to={`/report/${session.id}`} replace look="lamp" large>
            See the report
          </ButtonLink>
        </div>
      </div>
    </section>
  );
}
