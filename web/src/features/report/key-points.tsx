import { Check, Minus } from 'lucide-react';
import type { Evaluation } from '@/api/types';
import styles from './report.module.css';

type Props = {
  points: Evaluation['key_points'];
  chosen: string | null;
  onChoose: (point: string) => void;
};

/** What a full answer says: found, with the words that say it, or not found. */
export function KeyPoints({ points, chosen, onChoose }: Props) {
  const said = points.filter(({ covered }) => covered).length;
  return (
    <div className="stack">
      <h4 className={styles.small}>
        Key points <span className="soft">{`${said} of ${points.length} found`}</span>
      </h4>
      <ul className={styles.points}>
        {points.map(({ text, covered, quote }) => (
          <li key={text} className={covered ? styles.said : styles.missing}>
            {covered ? <Check aria-hidden size={17} /> : <Minus aria-hidden size={17} />}
            {covered && quote ? (
              <button
                type="button"
                className={styles.point}
                aria-pressed={chosen === text}
                onClick={() => onChoose(text)}
              >
                {text}
              </button>
            ) : (
              <span>
                {text}
                <span className="visually-hidden">{covered ? ', found' : ', not found'}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
