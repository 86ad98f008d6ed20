import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { becomeUser, updateMe } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import type { User } from '@/api/types';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import styles from './account.module.css';
import { PasswordField } from './password-field';

/** Name and e-mail; a new e-mail needs the password. */
export function DetailsForm({ user }: { user: User }) {
  const queries = useQueryClient();
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email ?? '');
  const [password, setPassword] = useState('');
  const newEmail = email.trim() !== (user.email ?? '');
  const changed = newEmail || name.trim() !== user.name;
  const save = useMutation({
    mutationFn: () => updateMe({ name, ...(newEmail && { email, current_password: password }) }),
    onSuccess: (saved) => {
      becomeUser(queries, saved);
      setName(saved.name);
      setEmail(saved.email ?? '');
      setPassword('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const refused = save.error instanceof ApiError ? save.error.fields : {};
  return (
    <form className={styles.sheet} onSubmit={submit} noValidate aria-labelledby="details-heading">
      <h2 id="details-heading">Who you are</h2>
      <TextField
        label="Name"
        autoComplete="name"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={refused.email}
      />
      {newEmail && (
        <PasswordField
          label="Your password"
          hint="A new address needs it."
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={refused.current_password}
        />
      )}
      {save.isError && Object.keys(refused).length === 0 && (
        <Notice kind="bad">{messageOf(save.error)}</Notice>
      )}
      <div className="row">
        <Button type="submit" busy={save.isPending}>
          Save
        </Button>
        <span role="status">{save.isSuccess && !changed && 'Saved'}</span>
      </div>
    </form>
  );
}
