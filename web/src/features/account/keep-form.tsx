import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { becomeUser, register } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import { Agree } from '@/components/agree';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import styles from './account.module.css';
import { charactersOf, NewPasswordField, SHORTEST_PASSWORD } from './password-field';

/** Version of the texts on the privacy page that a person agrees to here. */
export const TEXTS = '1';

/** Makes an account; a guest's interviews go into it. */
export function KeepForm() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form, setForm] = useState({ name: '', email: '', password: '' });
  const [agreed, setAgreed] = useState(false);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const keep = useMutation({
    mutationFn: () => {
      const consents = ['terms', 'privacy'].map((purpose) => ({ purpose, version: TEXTS }));
      return register({ ...form, consents });
    },
    onSuccess: ({ user }) => {
      becomeUser(queries, user);
      void navigate('/history');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found: Record<string, string> = {};
    if (form.name.trim() === '') found.name = 'Give the name that the interviewer should use.';
    if (!form.email.includes('@')) found.email = 'Give your e-mail address; you sign in with it.';
    if (charactersOf(form.password) < SHORTEST_PASSWORD) {
      found.password = `Use at least ${SHORTEST_PASSWORD} characters.`;
    }
    if (!agreed) found.agreed = 'Tick the box to go on.';
    setMissing(found);
    if (Object.keys(found).length === 0) keep.mutate();
  };
  const refused = keep.error instanceof ApiError ? keep.error.fields : {};
  const taken = keep.error instanceof ApiError && keep.error.code === 'email_taken';
  const errors = { ...refused, ...missing };
  const set = (changes: Partial<typeof form>) => setForm({ ...form, ...changes });
  return (
    <form className={styles.sheet} onSubmit={submit} noValidate aria-label="Make an account">
      <TextField
        label="Name"
        autoComplete="name"
        maxLength={200}
        value={form.name}
        onChange={(event) => set({ name: event.target.value })}
        error={errors.name}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="email"
        maxLength={254}
        value={form.email}
        onChange={(event) => set({ email: event.target.value })}
        error={errors.email}
      />
      {taken && (
        <p>
          Is it yours? <Link to="/login">Sign in</Link>
        </p>
      )}
      <NewPasswordField
        label="Password"
        value={form.password}
        onChange={(password) => set({ password })}
        error={errors.password}
      />
      <div className="stack">
        <Agree
          checked={agreed}
          aria-invalid={errors.agreed ? true : undefined}
          aria-describedby={errors.agreed ? 'agree-error' : undefined}
          onChange={(event) => setAgreed(event.target.checked)}
        >
          I agree to the{' '}
          <Link to="/privacy#terms" target="_blank">
            terms
          </Link>{' '}
          and to what is kept, as the{' '}
          <Link to="/privacy" target="_blank">
            privacy page
          </Link>{' '}
          says (both open beside this page).
        </Agree>
        {errors.agreed && (
          <p id="agree-error" className={styles.error} role="alert">
            {errors.agreed}
          </p>
        )}
      </div>
      {keep.isError && Object.keys(refused).length === 0 && (
        <Notice kind="bad">{messageOf(keep.error)}</Notice>
      )}
      <div className="row">
        <Button type="submit" look="primary" busy={keep.isPending}>
          Make the account
        </Button>
      </div>
    </form>
  );
}
