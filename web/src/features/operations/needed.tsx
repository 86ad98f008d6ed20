import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { Status } from '@/api/operations';
import { words } from '@/lib/format';
import styles from './operations.module.css';

type Dependency = Status['dependencies'][number];

/** What the server needs, and whether it answers. */
export function Needed({ dependencies }: { dependencies: Dependency[] }) {
  const broken = dependencies.filter(({ problem }) => problem != null).length;
  return (
    <section className={styles.sheet} aria-labelledby="needed-heading">
      <h2 id="needed-heading">What it needs</h2>
      <p role="status">
        {broken === 0
          ? 'Everything answers.'
          : `${broken} of ${dependencies.length} ${broken === 1 ? 'has' : 'have'} a problem.`}
      </p>
      <ul className={styles.list}>
        {dependencies.map((one) => (
          <li key={one.name} className={one.problem == null ? styles.good : styles.bad}>
            <Mark dependency={one} />
            <span className={styles.told}>
              <strong>{words(one.name)}</strong>: {one.problem ?? 'it answers'}
              {one.problem != null && !one.is_vital && '; everything else goes on'}
            </span>
            <span className="small soft">{one.latency_ms.toFixed(1)} ms</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mark({ dependency: { problem, is_vital } }: { dependency: Dependency }) {
  if (problem == null) return <CircleCheck aria-hidden size={18} />;
  return is_vital ? <CircleAlert aria-hidden size={18} /> : <TriangleAlert aria-hidden size={18} />;
}
