import { useState } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { plural } from '@/lib/format';
import styles from './account.module.css';

/** Characters; the server's rule. */
export const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 128;
/** What is asked of a password that stands alone, by the newest edition of NIST SP 800-63B. */
const COMFORTABLE = 15;

/** As the server counts them: the same word is as long however it was typed. */
export const charactersOf = (password: string) => Array.from(password.normalize('NFC')).length;

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
        maxLength={LONGEST_PASSWORD * 2}
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

/** A password that is being made: what it needs, and how far it has come, in words. */
export function NewPasswordField({ value, ...rest }: Omit<Props, 'hint' | 'autoComplete'>) {
  const characters = charactersOf(value);
  return (
    <div className={styles.newPassword}>
      <PasswordField
        {...rest}
        value={value}
        autoComplete="new-password"
        hint={`At least ${SHORTEST_PASSWORD} characters, any you like; a short sentence works well. Not your name or address, and none that many people use.`}
      />
      <p className="small soft" role="status">
        {soFar(characters)}
      </p>
    </div>
  );
}

function soFar(characters: number): string {
  if (characters === 0) return '';
  if (characters > LONGEST_PASSWORD) return `${plural(characters - LONGEST_PASSWORD, 'character')} too many`;
  const missing = SHORTEST_PASSWORD - characters;
  if (missing > 0) return `${plural(missing, 'character')} more`;
  return characters < COMFORTABLE ? 'Long enough; longer is safer' : 'A good length';
}
