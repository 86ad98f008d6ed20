import { useState } from 'react';
import { messageOf } from '@/api/errors';
import { type Latency, useLatency } from '@/api/operations';
import { Select } from '@/components/field';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import styles from './operations.module.css';

const HOURS: [number, string][] = [
  [1, 'The last hour'],
  [6, 'The last 6 hours'],
  [24, 'The last day'],
  [168, 'The last 7 days'],
];

const STAGES: Record<string, string> = {
  turn_end: 'Turn taken for finished',
  transcript_final: 'Words known',
  first_token: 'First word of the reply',
  first_audio: 'First sound sent',
  first_played: 'First sound heard',
};

/** How long people wait in spoken interviews: stages of turns, at all nodes together. */
export function TurnTimes() {
  const [hours, setHours] = useState(6);
  const { data, error, isPending } = useLatency(hours);
  return (
    <section className={styles.sheet} aria-labelledby="turns-heading">
      <h2 id="turns-heading">Turns of spoken interviews</h2>
      <div className={styles.filters}>
        <Select
          label="Look at"
          value={String(hours)}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {HOURS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      {isPending && <Skeleton label="Looking at turns" lines={5} />}
      {error && <Notice kind="bad">{messageOf(error)}</Notice>}
      {data && <Times latency={data} />}
    </section>
  );
}

function Times({ latency: { all, engines } }: { latency: Latency }) {
  if (all.count === 0) return <p className="soft">Nobody has spoken in this time.</p>;
  const groups = [{ name: 'All', turns: all }];
  if (engines.length > 1)
    groups.push(...engines.map(({ engine, turns }) => ({ name: engine ?? 'no engine', turns })));
  return (
    <>
      <p>
        {plural(all.count, 'turn')}, at all nodes. Times count from the end of the candidate’s voice, so they
        hold the silence that the listener waits for.
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Heard by</th>
            <th scope="col">Turns</th>
            <th scope="col">Half within</th>
            <th scope="col">19 of 20 within</th>
          </tr>
        </thead>
        <tbody>
          {groups.flatMap(({ name, turns }) =>
            turns.stages.map((one) => (
              <tr key={`${name} ${one.stage}`}>
                <th scope="row">{STAGES[one.stage] ?? one.stage}</th>
                <td data-label="Heard by">{name}</td>
                <td data-label="Turns">{one.turns}</td>
                <td data-label="Half within">{one.p50_ms} ms</td>
                <td data-label="19 of 20 within">{one.p95_ms} ms</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </>
  );
}
