import type { BankQuestion } from '@/api/bank';
import { plural } from '@/lib/format';
import styles from './bank.module.css';

const WEIGHTS = ['', 'nice to have', 'expected', 'essential'];

/** Everything that belongs to a question, to read. */
export function QuestionParts({ question }: { question: BankQuestion }) {
  const { key_points, reference, follow_ups = [], red_flags = [], sounds_like, minutes, tags } = question;
  return (
    <div className={styles.parts}>
      <section className="stack" aria-labelledby="points-heading">
        <h2 id="points-heading">Key points</h2>
        <ol className={styles.list}>
          {key_points.map(({ point, says, weight }) => (
            <li key={point}>
              <strong>{point}</strong> <span className="soft small">({WEIGHTS[weight] ?? weight})</span>
              <br />
              {says}
            </li>
          ))}
        </ol>
      </section>
      <section className="stack" aria-labelledby="reference-heading">
        <h2 id="reference-heading">An answer with full marks</h2>
        <p>{reference}</p>
        <p className="soft small">
          {plural(minutes, 'minute')} to say{tags.length > 0 && ` · ${tags.join(', ')}`}
        </p>
      </section>
      <section className="stack" aria-labelledby="follow-ups-heading">
        <h2 id="follow-ups-heading">Follow-ups</h2>
        <ul className={styles.list}>
          {follow_ups.map(({ text, asks_for }) => (
            <li key={text}>
              {text}{' '}
              <span className="soft small">
                ({asks_for === 0 ? 'after any answer' : `digs for key point ${asks_for}`})
              </span>
            </li>
          ))}
        </ul>
        {follow_ups.length === 0 && <p className="soft">None.</p>}
      </section>
      <section className="stack" aria-labelledby="flags-heading">
        <h2 id="flags-heading">Red flags</h2>
        <ul className={styles.list}>
          {red_flags.map((flag) => (
            <li key={flag}>{flag}</li>
          ))}
        </ul>
        {red_flags.length === 0 && <p className="soft">None.</p>}
      </section>
      <section className="stack" aria-labelledby="sounds-heading">
        <h2 id="sounds-heading">What answers sound like</h2>
        {sounds_like ? (
          <dl className={styles.levels}>
            {(['9', '5', '1'] as const).map((level) => (
              <div key={level}>
                <dt>{level} of 10</dt>
                <dd>{sounds_like[level]}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <p className="soft">Nobody wrote samples.</p>
        )}
      </section>
    </div>
  );
}
