import type { Report } from '@/api/types';
import styles from './report.module.css';

/** Requirements that are shown at once; the others of a long list wait behind a line. */
const AT_ONCE = 12;

type Row = Report['job_coverage'][number];

/** What the job asks for, and where resume and answers show it. */
export function JobCoverage({ rows }: { rows: Row[] }) {
  if (rows.length === 0) return null;
  const shown = rows.filter(({ resume_line, answer_quote }) => resume_line || answer_quote).length;
  const rest = rows.slice(AT_ONCE);
  return (
    <section className="stack" aria-labelledby="job-heading">
      <h2 id="job-heading">What the job asks for</h2>
      <p className="soft">
        {shown} of {rows.length} stand in your resume or were said, with the words that show them. The others
        are something to bring up next time.
      </p>
      <Rows rows={rows.slice(0, AT_ONCE)} />
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more</summary>
          <Rows rows={rest} />
        </details>
      )}
    </section>
  );
}

function Rows({ rows }: { rows: Row[] }) {
  return (
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
  );
}

type LineProps = { label: string; text: string | null | undefined; href?: string | undefined };

function Line({ label, text, href }: LineProps) {
  return (
    <p className={text ? undefined : 'soft'}>
      <span className="soft small">{label}: </span>
      {text ? <q className={styles.line}>{text.replace(/^[-•*]\s*/, '')}</q> : 'not shown yet'}
      {text && href && (
        <>
          {' '}
          <a href={href}>see</a>
        </>
      )}
    </p>
  );
}
