import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { becomeUser, login, useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { useTitle } from '@/lib/use-title';
import styles from './account.module.css';
import { PasswordField } from './password-field';

/** Where to go afterwards: a path of this site, or the list of interviews. */
function nextPath(asked: string | null): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : '/history';
}

export function LoginPage() {
  useTitle('Sign in');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const { data: me } = useMe();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const signIn = useMutation({
    mutationFn: () => login({ email, password }),
    onSuccess: ({ user }) => {
      becomeUser(queries, user);
      void navigate(nextPath(query.get('next')), { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = email.trim() === '' || password === '';
    setMissing(empty);
    if (!empty) signIn.mutate();
  };
  return (
    <div className={`page narrow ${styles.page}`}>
      <h1>Sign in</h1>
      {me?.is_guest && (
        <Notice kind="doubt">
          <p>
            You have interviews here as a guest. Signing in to another account leaves them behind, and they
            are deleted when their time is up. To take them along,{' '}
            <Link to="/account">make a new account from them</Link>.
          </p>
        </Notice>
      )}
      <form className={styles.sheet} onSubmit={submit} noValidate aria-label="Sign in">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        {missing && <Notice kind="bad">Give your e-mail address and your password.</Notice>}
        {signIn.isError && <Notice kind="bad">{messageOf(signIn.error)}</Notice>}
        <div className="row">
          <Button type="submit" look="primary" busy={signIn.isPending}>
            Sign in
          </Button>
        </div>
      </form>
      <p>
        No account? You need none: <Link to="/">start as a guest</Link>.
      </p>
    </div>
  );
}
