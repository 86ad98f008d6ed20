import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { updateMe } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import { waysInKey } from '@/api/ways-in';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import styles from './account.module.css';
import { PasswordField, SHORTEST_PASSWORD } from './password-field';

/** For who came by a provider: a password of their own, beside it. */
export function FirstPasswordForm() {
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const [short, setShort] = useState(false);
  const save = useMutation({
    mutationFn: () => updateMe({ new_password: password }),
    onSuccess: () => queries.invalidateQueries({ queryKey: waysInKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tooShort = Array.from(password).length < SHORTEST_PASSWORD;
    setShort(tooShort);
    if (!tooShort) save.mutate();
  };
  const refused = save.error instanceof ApiError ? save.error.fields : {};
  return (
    <form className={styles.sheet} onSubmit={submit} noValidate aria-labelledby="first-password-heading">
      <h2 id="first-password-heading">Set a password</h2>
      <p className="soft">With it and your e-mail address you can sign in without a provider.</p>
      <PasswordField
        label="New password"
        hint={`At least ${SHORTEST_PASSWORD} characters; a short sentence works well.`}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        error={short ? `Use at least ${SHORTEST_PASSWORD} characters.` : refused.new_password}
      />
      {save.isError && Object.keys(refused).length === 0 && (
        <Notice kind="bad">{messageOf(save.error)}</Notice>
      )}
      <div className="row">
        <Button type="submit" busy={save.isPending}>
          Set the password
        </Button>
      </div>
    </form>
  );
}
