import type { Report } from '@/api/types';
import { plural, score, words } from '@/lib/format';
import styles from './report.module.css';

/** Scores by competency and by phase, as bars; what was not assessed says so. */
export function Areas({ report }: { report: Report }) {
  return (
    <div className={styles.areas}>
      <section className="stack" aria-labelledby="competencies-heading">
        <h2 id="competencies-heading">By competency</h2>
        <ul className={styles.bars}>
          {report.competencies.map(({ key, label, score: value, assessed }) => (
            <Bar key={key} label={label} value={value} note={plural(assessed, 'answer')} />
          ))}
        </ul>
      </section>
      <section className="stack" aria-labelledby="phases-heading">
        <h2 id="phases-heading">By phase</h2>
        <ul className={styles.bars}>
          {report.phases.map(({ phase, score: value, answered, assessed }) => (
            <Bar
              key={phase}
              label={words(phase)}
              value={value}
              note={`${assessed} of ${plural(answered, 'answer')}`}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

type BarProps = { label: string; value: number | null | undefined; note: string };

function Bar({ label, value, note }: BarProps) {
  return (
    <li className={styles.bar}>
      <span>{label}</span>
      {value == null ? (
        <span className="soft small">Not assessed</span>
      ) : (
        <span>
          {score(value)} <span className="soft small">{note}</span>
        </span>
      )}
      <span className={styles.track} aria-hidden>
        {value != null && (
          <span
            className={styles.fill}
            ref={(node) => node?.style.setProperty('--share', `${value * 10}%`)}
          />
        )}
      </span>
    </li>
  );
}
