import { X } from 'lucide-react';
import { useState } from 'react';
import styles from './chips.module.css';
import { TextField } from './field';

type ChipsProps = {
  label: string;
  hint?: string;
  values: string[];
  onChange: (values: string[]) => void;
  /** Longest list; 50 unless told. */
  most?: number;
};

/** One short text that can be taken out; an item of a list. */
export function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <li className={styles.chip}>
      {text}
      <button type="button" className={styles.remove} aria-label={`Remove ${text}`} onClick={onRemove}>
        <X aria-hidden size={14} />
      </button>
    </li>
  );
}

/** A list of short texts; each can be taken out, new ones are added by Enter or comma. */
export function Chips({ label, hint, values, onChange, most = 50 }: ChipsProps) {
  const [draft, setDraft] = useState('');
  const add = () => {
    const added = draft
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '' && !values.includes(value));
    if (added.length > 0) onChange([...values, ...new Set(added)].slice(0, most));
    setDraft('');
  };
  return (
    <div className="stack">
      <TextField
        label={label}
        hint={hint}
        value={draft}
        maxLength={100}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ',') return;
          event.preventDefault();
          add();
        }}
        placeholder="Add one and press Enter"
      />
      {values.length > 0 && (
        <ul className={styles.chips} aria-label={label}>
          {values.map((value) => (
            <Chip
              key={value}
              text={value}
              onRemove={() => onChange(values.filter((other) => other !== value))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
