import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { becomeUser, updateMe } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import { signInsChanged } from '@/api/sign-ins';
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
  const [again, setAgain] = useState('');
  const [password, setPassword] = useState('');
  const [differs, setDiffers] = useState(false);
  const newEmail = email.trim() !== (user.email ?? '');
  const changed = newEmail || name.trim() !== user.name;
  const save = useMutation({
    mutationFn: () => updateMe({ name, ...(newEmail && { email, current_password: password }) }),
    onSuccess: (saved) => {
      becomeUser(queries, saved);
      setName(saved.name);
      setEmail(saved.email ?? '');
      setAgain('');
      setPassword('');
      if (newEmail) void signInsChanged(queries);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const other = newEmail && again.trim() !== email.trim();
    setDiffers(other);
    if (!other) save.mutate();
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
        <>
          <TextField
            label="The new e-mail once more"
            hint="No mail is sent: if it is mistyped, you cannot sign in any more."
            type="email"
            autoComplete="off"
            maxLength={254}
            value={again}
            onChange={(event) => setAgain(event.target.value)}
            error={differs ? 'This is not the same address as above.' : undefined}
          />
          <PasswordField
            label="Your password"
            hint="A new address needs it. Every other device has to sign in again."
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={refused.current_password}
          />
        </>
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
