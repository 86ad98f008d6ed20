import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { SpeechEngine } from '@/api/operations';
import { dollars, plural, words } from '@/lib/format';
import styles from './operations.module.css';

/** Engines that hear and speak, as this node has found them. */
export function SpeechEngines({ engines }: { engines: SpeechEngine[] }) {
  return (
    <section className={styles.sheet} aria-labelledby="speech-heading">
      <h2 id="speech-heading">Engines of speech</h2>
      {engines.length === 0 && (
        <p className="soft">None is set up: interviews are held in writing, and browsers read out.</p>
      )}
      {engines.length > 0 && (
        <ul className={styles.list}>
          {engines.map((one) => (
            <li key={`${one.task} ${one.name}`} className={one.is_left_alone ? styles.bad : styles.good}>
              {one.is_left_alone ? (
                <TriangleAlert aria-hidden size={18} />
              ) : (
                <CircleCheck aria-hidden size={18} />
              )}
              <span className={styles.told}>
                <strong>{one.name}</strong> {one.task}: {told(one)}
                {one.is_left_alone && '. It fails and is left alone until it answers a probe'}
              </span>
              {one.last_outcome && (
                <span className="small soft">last: {words(one.last_outcome).toLowerCase()}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function told({ answered, failed, micros, unpriced_calls, last_outcome }: SpeechEngine): string {
  if (last_outcome == null) return 'not asked since this node was started';
  const cost = micros > 0 ? `, ${dollars(micros)}` : '';
  const unpriced = unpriced_calls > 0 ? `, ${plural(unpriced_calls, 'call')} without a price` : '';
  return `${plural(answered, 'answer')}, ${plural(failed, 'failure')}${cost}${unpriced} since this node was started`;
}
