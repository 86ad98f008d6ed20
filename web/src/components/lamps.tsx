import styles from './lamps.module.css';

type Lamp = { key: string; state: 'lit' | 'now' | 'off' };

/** The bulbs around the mirror. A picture only: what they say stands beside them in words. */
export function Lamps({ lamps }: { lamps: Lamp[] }) {
  return (
    <div className={styles.lamps} aria-hidden>
      {lamps.map(({ key, state }) => (
        <span key={key} className={`${styles.lamp} ${state === 'off' ? '' : styles[state]}`} />
      ))}
    </div>
  );
}
