import type { Report } from '@/api/types';
import styles from './report.module.css';

/** What the job asks for, and where resume and answers show it. */
export function JobCoverage({ rows }: { rows: Report['job_coverage'] }) {
  if (rows.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="job-heading">
      <h2 id="job-heading">What the job asks for</h2>
      <p className="soft">And the lines that show it. An empty place is something to bring up next time.</p>
      <ul className={styles.coverage}>
        {rows.map(({ requirement, required, resume_line, answer_quote, question_id }) => (
          <li key={requirement} className={styles.coverageRow}>
            <p>
              <strong>{requirement}</strong>
              {!required && <span className="soft small"> an advantage</span>}
            </p>
            <Line label="Resume" text={resume_line} />
            <Line
              label="Answers"
              text={answer_quote}
              href={question_id ? `#answer-${question_id}` : undefined}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type LineProps = { label: string; text: string | null | undefined; href?: string | undefined };

function Line({ label, text, href }: LineProps) {
  return (
    <p className={text ? undefined : 'soft'}>
      <span className="soft small">{label}: </span>
      {text ? <q className={styles.line}>{text.replace(/^[-•*]\s*/, '')}</q> : 'not shown'}
      {text && href && (
        <>
          {' '}
          <a href={href}>see</a>
        </>
      )}
    </p>
  );
}
