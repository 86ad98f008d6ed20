import { useState } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import styles from './account.module.css';

/** Characters; the server's rule. */
export const SHORTEST_PASSWORD = 12;

type Props = {
  label: string;
  hint?: string;
  autoComplete: 'new-password' | 'current-password';
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
};

/** A password that can be looked at while it is typed. */
export function PasswordField({ onChange, label, ...rest }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div className={styles.password}>
      <TextField
        {...rest}
        label={label}
        type={shown ? 'text' : 'password'}
        maxLength={256}
        spellCheck={false}
        autoCapitalize="none"
        onChange={(event) => onChange(event.target.value)}
      />
      <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Show'} <span className="visually-hidden">{label.toLowerCase()}</span>
      </Button>
    </div>
  );
}
