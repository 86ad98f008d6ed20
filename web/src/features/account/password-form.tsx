import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { updateMe } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import { signInsChanged } from '@/api/sign-ins';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import styles from './account.module.css';
import { charactersOf, NewPasswordField, PasswordField, SHORTEST_PASSWORD } from './password-field';

/** Changes the password; every other sign-in ends. */
export function PasswordForm() {
  const queries = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [short, setShort] = useState(false);
  const save = useMutation({
    mutationFn: () => updateMe({ current_password: current, new_password: next }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      void signInsChanged(queries);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tooShort = charactersOf(next) < SHORTEST_PASSWORD;
    setShort(tooShort);
    if (!tooShort) save.mutate();
  };
  const refused = save.error instanceof ApiError ? save.error.fields : {};
  const tooShort = `Use at least ${SHORTEST_PASSWORD} characters.`;
  return (
    <form className={styles.sheet} onSubmit={submit} noValidate aria-labelledby="password-heading">
      <h2 id="password-heading">Password</h2>
      <p className="soft">With a new password, every other device has to sign in again.</p>
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        error={refused.current_password}
      />
      <NewPasswordField
        label="New password"
        value={next}
        onChange={setNext}
        error={short ? tooShort : refused.new_password}
      />
      {save.isError && Object.keys(refused).length === 0 && (
        <Notice kind="bad">{messageOf(save.error)}</Notice>
      )}
      <div className="row">
        <Button type="submit" busy={save.isPending}>
          Change the password
        </Button>
        <span role="status">{save.isSuccess && next === '' && 'Changed'}</span>
      </div>
    </form>
  );
}
