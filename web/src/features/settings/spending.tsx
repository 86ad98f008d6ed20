import type { ModelSpending } from '@/api/models';
import { dollars, plural } from '@/lib/format';
import styles from './settings.module.css';

/** What was spent today, and where it ends. */
export function Spending({ spending }: { spending: ModelSpending }) {
  const { today_micros, unpriced_calls, day_cap_micros, interview_cap_micros } = spending;
  return (
    <section className={styles.sheet} aria-labelledby="spending-heading">
      <h2 id="spending-heading">What it costs</h2>
      <dl className={styles.amounts}>
        <div>
          <dt>Today (UTC)</dt>
          <dd>{dollars(today_micros)}</dd>
        </div>
        <div>
          <dt>Most for one day</dt>
          <dd>{day_cap_micros == null ? 'No cap' : dollars(day_cap_micros)}</dd>
        </div>
        <div>
          <dt>Most for one interview</dt>
          <dd>{interview_cap_micros == null ? 'No cap' : dollars(interview_cap_micros)}</dd>
        </div>
      </dl>
      {unpriced_calls > 0 && (
        <p className="small">
          {plural(unpriced_calls, 'call')} went to models whose price is not known; they are not in this sum.
        </p>
      )}
      <p className="small soft">
        Caps are set in greenroom.toml: llm.dollars_per_day and llm.dollars_per_interview. At a cap the
        built-in engine goes on.
      </p>
    </section>
  );
}
