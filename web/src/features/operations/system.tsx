import type { Status } from '@/api/operations';
import { bytes, percent } from '@/lib/format';
import styles from './operations.module.css';

const POOLS: Record<string, string> = { read: 'reading', write: 'writing', all: 'all' };

/** The node that answers, and its machine. */
export function System({ status }: { status: Status }) {
  const { version, node, engine, disk, memory, pools } = status;
  const share = (part: number, whole: number) => (whole > 0 ? ` (${percent(part / whole)})` : '');
  return (
    <section className={styles.sheet} aria-labelledby="system-heading">
      <h2 id="system-heading">This node</h2>
      <dl className={styles.facts}>
        <div>
          <dt>Version</dt>
          <dd>{version}</dd>
        </div>
        <div>
          <dt>Machine</dt>
          <dd>{node ?? 'not known'}</dd>
        </div>
        <div>
          <dt>Database</dt>
          <dd>{engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}</dd>
        </div>
        <div>
          <dt>Memory</dt>
          <dd>
            {memory
              ? `${bytes(memory.used_bytes)} of ${bytes(memory.limit_bytes)}${share(memory.used_bytes, memory.limit_bytes)}`
              : 'not known'}
          </dd>
        </div>
        <div>
          <dt>Disk</dt>
          <dd>
            {disk
              ? `${bytes(disk.free_bytes)} of ${bytes(disk.size_bytes)} free${share(disk.free_bytes, disk.size_bytes)}`
              : 'not known'}
          </dd>
        </div>
        {pools.map((pool) => (
          <div key={pool.name}>
            <dt>Connections, {POOLS[pool.name] ?? pool.name}</dt>
            <dd>
              {pool.busy} busy, {pool.max} at most
            </dd>
          </div>
        ))}
      </dl>
      <p className="small soft">
        Figures over time: <code>/metrics</code> for Prometheus, with dashboards and alert rules in{' '}
        <code>deploy/</code>.
      </p>
    </section>
  );
}
