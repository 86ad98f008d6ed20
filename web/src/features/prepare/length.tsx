import { useState } from 'react';
import { Choices } from '@/components/choices';
import { TextField } from '@/components/field';
import styles from './prepare.module.css';

const LENGTHS = ['5', '10', '20', '45'];
const OWN = 'own';

type Props = { minutes: string; onChange: (minutes: string) => void; error: string | undefined };

/** The usual lengths, or one's own. */
export function Length({ minutes, onChange, error }: Props) {
  const [own, setOwn] = useState(!LENGTHS.includes(minutes));
  const options = [
    ...LENGTHS.map((value) => ({ value, label: `${value} minutes` })),
    { value: OWN, label: 'Another length' },
  ];
  const choose = ([value]: string[]) => {
    setOwn(value === OWN);
    if (value && value !== OWN) onChange(value);
  };
  return (
    <div className="stack">
      <Choices
        legend="How long"
        options={options}
        chosen={[own ? OWN : minutes]}
        onChange={choose}
        error={own ? null : (error ?? null)}
      />
      {own && (
        <div className={styles.pair}>
          <TextField
            label="Minutes"
            hint="3 to 120"
            inputMode="numeric"
            value={minutes}
            maxLength={3}
            onChange={(event) => onChange(event.target.value)}
            error={error}
          />
        </div>
      )}
    </div>
  );
}
