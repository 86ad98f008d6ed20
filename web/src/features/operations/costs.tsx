import type { Status } from '@/api/operations';
import { ButtonLink } from '@/components/button';
import { day, dollars, percent, plural, words } from '@/lib/format';
import styles from './operations.module.css';

/** How language models do, and what they cost. */
export function Costs({ status: { providers, spending, days } }: { status: Status }) {
  const { today_micros, day_cap_micros } = spending;
  return (
    <section className={styles.sheet} aria-labelledby="costs-heading">
      <h2 id="costs-heading">Language models</h2>
      <p>
        Today (UTC): <strong>{dollars(today_micros)}</strong>
        {day_cap_micros == null ? ', without a cap' : ` of ${dollars(day_cap_micros)}`}
        {day_cap_micros ? `, ${percent(today_micros / day_cap_micros)}` : ''}. All nodes together.
      </p>
      {providers.length === 0 && <p className="soft">No model was asked since this node was started.</p>}
      {providers.length > 0 && (
        <ul className={styles.list}>
          {providers.map((one) => (
            <li key={one.name}>
              <span>
                <strong>{one.name}</strong>: {plural(one.answered, 'reply', 'replies')},{' '}
                {plural(one.failed, 'failure')} since this node was started
              </span>
              <span className="small soft">last: {words(one.last_outcome).toLowerCase()}</span>
            </li>
          ))}
        </ul>
      )}
      {days.length > 0 && (
        <table className={styles.table}>
          <caption className="visually-hidden">Cost by day, the last thirty days</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Provider</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {days.map((one) => (
              <tr key={`${one.day} ${one.provider}`}>
                <th scope="row">{day(`${one.day}T12:00:00Z`)}</th>
                <td data-label="Provider">{one.provider}</td>
                <td data-label="Cost">
                  {dollars(one.micros)}
                  {one.unpriced_calls > 0 && ` and ${plural(one.unpriced_calls, 'call')} without a price`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row">
        <ButtonLink to="/settings">Settings of models</ButtonLink>
      </div>
    </section>
  );
}
