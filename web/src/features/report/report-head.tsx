import type { Engine, Highlight, Report } from '@/api/types';
import { dateTime, percent, plural, score } from '@/lib/format';
import { JudgesTried } from './judges-tried';
import styles from './report.module.css';

const ENDED = {
  finished: 'finished',
  time_up: 'time was up',
  ended_early: 'ended early',
  conduct: 'ended by the interviewer',
};

/** The total with its coverage; then one thing to keep and one to fix. */
export function ReportHead({ report }: { report: Report }) {
  const { session, keep, fix, engines, judges } = report;
  const facts = [
    dateTime(session.started_at),
    plural(session.progress.answered, 'answer'),
    session.completion_reason && ENDED[session.completion_reason],
  ].filter(Boolean);
  return (
    <div className={styles.head}>
      <div className={styles.headInner}>
        <div className={styles.title}>
          <p className={styles.headSoft}>{facts.join(' · ')}</p>
          <h1>{session.title}</h1>
          <Total report={report} />
          <p className={`${styles.headSoft} small`}>
            {judgedBy(engines)} A practice mark, not a verdict about you.
          </p>
          {isUnmeasured(report) && (
            <p className={`${styles.headSoft} small`}>
              The built-in scorer judged in another language than English: by key points and by how it is
              said, not by structure or confidence. How far its marks agree with people was measured in
              English only.
            </p>
          )}
          {judges.length > 0 && (
            <p className={`${styles.headSoft} small`}>
              <JudgesTried judges={judges} />
            </p>
          )}
        </div>
        {keep && <HighlightCard title="Keep this" highlight={keep} />}
        {fix && <HighlightCard title="Fix this first" highlight={fix} />}
      </div>
    </div>
  );
}

/** Whether the built-in scorer judged in a language in which nobody measured how far it agrees with people. */
function isUnmeasured({ session, judges }: Report): boolean {
  return session.language !== 'en' && judges.some(({ engine }) => engine.kind === 'builtin');
}

/** Which engines asked and judged, and whether a model was among them. */
function judgedBy(engines: Engine[]): string {
  const names = engines.map(({ name, version }) => `${name} ${version}`).join(', ');
  const builtIn = engines.every(({ kind }) => kind === 'builtin');
  return builtIn
    ? `Asked and judged by the built-in engines (${names}), no language model.`
    : `Asked and judged by ${names}.`;
}

function Total({ report }: { report: Report }) {
  const { overall, competencies } = report;
  const open = competencies.filter(({ assessed }) => assessed === 0).length;
  const areas = `${open} of ${plural(competencies.length, 'area')} not assessed yet`;
  if (overall.score == null) {
    return (
      <div>
        <p className={styles.noTotal}>No total yet</p>
        <p className={styles.headSoft}>{areas}. A total from so little would say nothing.</p>
      </div>
    );
  }
  return (
    <div>
      <p className={styles.total}>
        {score(overall.score)} <span className={styles.ofTen}>of 10</span>
      </p>
      <p className={styles.headSoft}>
        From {percent(overall.coverage)} of what the rubric looks at{open > 0 && `; ${areas}`}.
      </p>
    </div>
  );
}

function HighlightCard({ title, highlight }: { title: string; highlight: Highlight }) {
  return (
    <section className={styles.highlight}>
      <h2>{title}</h2>
      {highlight.quote && <blockquote className={styles.quote}>{highlight.quote.text}</blockquote>}
      <p>
        <strong>{highlight.label}.</strong> {highlight.reason}
      </p>
      {highlight.advice && <p>{highlight.advice}</p>}
      <a href={`#answer-${highlight.question_id}`}>Go to that answer</a>
    </section>
  );
}
