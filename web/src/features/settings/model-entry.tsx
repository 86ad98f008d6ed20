import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Model } from '@/api/models';
import { Button } from '@/components/button';
import styles from './settings.module.css';
import { TrialReport } from './trial-report';
import { useTrial } from './use-trial';

type Props = {
  model: Model;
  /** Its place among those that are asked, from 1; null when it is not asked. */
  place: number | null;
  /** Whether it can go there; none for one of the configuration. */
  canMove: { up: boolean; down: boolean } | null;
  busy: boolean;
  onMove: (by: -1 | 1) => void;
  onSwitch: (enabled: boolean) => void;
  onChange: () => void;
  onDelete: () => void;
};

/** One model in the line. */
export function ModelEntry({ model, place, canMove, busy, onMove, onSwitch, onChange, onDelete }: Props) {
  const { name } = model;
  const { trial, start } = useTrial();
  const isOurs = model.source === 'database';
  return (
    <li className={`${styles.entry} ${place === null ? styles.idle : ''}`}>
      <span className={styles.place} aria-hidden>
        {place ?? '–'}
      </span>
      <div className={styles.about}>
        <h3>{name}</h3>
        <p className={styles.model}>{model.model}</p>
        <p className="small soft">{model.base_url}</p>
        <p className="small">
          {standing(model, place)} {keyWords(model)}
        </p>
      </div>
      {canMove && (
        <div className={styles.moves}>
          <Button
            look="quiet"
            aria-label={`Move ${name} up`}
            aria-disabled={!canMove.up}
            onClick={() => canMove.up && onMove(-1)}
          >
            <ArrowUp aria-hidden size={18} />
          </Button>
          <Button
            look="quiet"
            aria-label={`Move ${name} down`}
            aria-disabled={!canMove.down}
            onClick={() => canMove.down && onMove(1)}
          >
            <ArrowDown aria-hidden size={18} />
          </Button>
        </div>
      )}
      <div className={`row ${styles.actions}`}>
        {isOurs && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={model.enabled}
              disabled={busy}
              onChange={(event) => onSwitch(event.target.checked)}
            />
            On<span className="visually-hidden"> {name}</span>
          </label>
        )}
        {model.standing !== 'replaced' && (
          <Button busy={trial?.running ?? false} onClick={() => void start(name, null)}>
            Test<span className="visually-hidden"> {name}</span>
          </Button>
        )}
        {isOurs && (
          <>
            <Button onClick={onChange}>
              Change<span className="visually-hidden"> {name}</span>
            </Button>
            <Button look="quiet" busy={busy} onClick={onDelete}>
              Delete<span className="visually-hidden"> {name}</span>
            </Button>
          </>
        )}
      </div>
      {trial && <TrialReport trial={trial} name={name} />}
    </li>
  );
}

function standing({ standing, source }: Model, place: number | null): string {
  const from = source === 'configuration' ? ' Set in the environment or greenroom.toml.' : '';
  switch (standing) {
    case 'asked':
      if (place === null) return `Not asked: models are switched off.${from}`;
      return `${place === 1 ? 'Asked first.' : 'Asked when those above do not answer.'}${from}`;
    case 'off':
      return 'Switched off.';
    case 'key_unreadable':
      return 'Not asked: its key cannot be opened with the secret of this server. Choose Change and enter it again.';
    case 'replaced':
      return `Not asked: the one of the same name above takes its place.${from}`;
  }
}

function keyWords({ key, key_ending }: Model): string {
  if (key === 'missing') return 'No key.';
  if (key === 'unreadable') return '';
  return key_ending ? `Key set, ends in ${key_ending}.` : 'Key set.';
}
