import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Experience } from '@/api/types';
import { Button } from '@/components/button';
import { TextArea, TextField } from '@/components/field';
import { randomKey } from '@/lib/random-key';
import styles from './prepare.module.css';

type Props = { entries: Experience[]; onChange: (entries: Experience[]) => void };

const EMPTY: Experience = { title: null, organization: null, start: null, end: null, highlights: [] };

function summary({ title, organization, start, end }: Experience): string {
  const what = [title, organization].filter(Boolean).join(', ') || 'A position';
  return start ? `${what} (${start} – ${end ?? 'now'})` : what;
}

/** The positions held, folded until one is opened. */
export function ExperienceEditor({ entries, onChange }: Props) {
  // Entries have no id of their own; a key that stays with the entry keeps focus where it is.
  const [keys, setKeys] = useState(() => entries.map(() => randomKey()));
  const [added, setAdded] = useState<string | null>(null);
  const add = () => {
    const key = randomKey();
    setKeys([...keys, key]);
    setAdded(key);
    onChange([...entries, EMPTY]);
  };
  const remove = (at: number) => {
    setKeys(keys.filter((_, other) => other !== at));
    onChange(entries.filter((_, other) => other !== at));
  };
  const set = (at: number, changes: Partial<Experience>) =>
    onChange(entries.map((entry, other) => (other === at ? { ...entry, ...changes } : entry)));
  return (
    <fieldset className={styles.list}>
      <legend>
        <h3>Experience</h3>
      </legend>
      {entries.length === 0 && <p className="soft">No positions were found.</p>}
      {entries.map((entry, at) => (
        <details key={keys[at]} className={styles.fold} open={keys[at] === added}>
          <summary>{summary(entry)}</summary>
          <Position entry={entry} set={(changes) => set(at, changes)} remove={() => remove(at)} />
        </details>
      ))}
      <div className="row">
        <Button look="quiet" onClick={add}>
          <Plus aria-hidden size={18} />
          Add a position
        </Button>
      </div>
    </fieldset>
  );
}

type PositionProps = { entry: Experience; set: (changes: Partial<Experience>) => void; remove: () => void };

function Position({ entry, set, remove }: PositionProps) {
  const field = (key: 'title' | 'organization' | 'start' | 'end', label: string, hint?: string) => (
    <TextField
      label={label}
      value={entry[key] ?? ''}
      maxLength={200}
      placeholder={hint}
      onChange={(event) => set({ [key]: event.target.value || null })}
    />
  );
  return (
    <div className="stack">
      <div className={styles.pair}>
        {field('title', 'Title')}
        {field('organization', 'Employer')}
        {field('start', 'From', 'Year, or year-month')}
        {field('end', 'To', 'Empty: until now')}
      </div>
      <TextArea
        label="What you did, a line each"
        rows={4}
        value={entry.highlights.join('\n')}
        onChange={(event) =>
          set({ highlights: event.target.value === '' ? [] : event.target.value.split('\n') })
        }
      />
      <div className="row">
        <Button look="quiet" onClick={remove}>
          <Trash2 aria-hidden size={17} />
          Remove this position
        </Button>
      </div>
    </div>
  );
}
