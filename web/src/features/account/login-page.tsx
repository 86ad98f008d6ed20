import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { becomeUser, login, useMe } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import type { User } from '@/api/types';
import { Button, ButtonLink } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { dateTime, timeOfDay } from '@/lib/format';
import { useTitle } from '@/lib/use-title';
import styles from './account.module.css';
import { OauthNotice } from './oauth-notice';
import { PasswordField } from './password-field';
import { ProviderLinks } from './provider-links';

/**
 * Where to go afterwards: a path of this site, or the list of interviews. Browsers drop tabs and line breaks
 * from an address and take a backslash for a slash; so neither may stand in it.
 */
function nextPath(asked: string | null): string {
  return asked && /^\/(?!\/)[^\s\\]*$/.test(asked) ? asked : '/history';
}

type Missing = { email?: string; password?: string };

export function LoginPage() {
  useTitle('Sign in');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const { data: me } = useMe();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<Missing>({});
  const signIn = useMutation({
    mutationFn: () => login({ email, password }),
    onSuccess: ({ user }) => {
      becomeUser(queries, user);
      void navigate(nextPath(query.get('next')), { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found: Missing = {};
    if (email.trim() === '') found.email = 'Give the e-mail address of your account.';
    if (password === '') found.password = 'Give your password.';
    setMissing(found);
    if (Object.keys(found).length === 0) signIn.mutate();
  };
  return (
    <div className={`page narrow ${styles.page}`}>
      <h1>Sign in</h1>
      <OauthNotice />
      {me && !signIn.isSuccess && <AlreadyHere me={me} />}
      <form className={styles.sheet} onSubmit={submit} noValidate aria-label="Sign in">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={missing.email}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={missing.password}
        />
        {signIn.isError && <Refused error={signIn.error} />}
        <div className="row">
          <Button type="submit" look="primary" busy={signIn.isPending}>
            Sign in
          </Button>
        </div>
      </form>
      <ProviderLinks next={nextPath(query.get('next'))} />
      <p>
        No account? You need none: <Link to="/">start as a guest</Link>, or{' '}
        <Link to="/account">make one</Link>.
      </p>
    </div>
  );
}

/** Why it did not work; whoever has to wait is told until when. */
function Refused({ error }: { error: Error }) {
  const until = error instanceof ApiError && error.status === 429 ? error.retryAt : null;
  return (
    <Notice kind="bad">
      <p>{messageOf(error)}</p>
      {until && <p>That is at {timeOfDay(until)}. Your password is as it was.</p>}
    </Notice>
  );
}

/** What becomes of the one who is here when somebody signs in. */
function AlreadyHere({ me }: { me: User }) {
  if (!me.is_guest) {
    return (
      <Notice>
        <p>You are signed in as {me.name} already. Signing in to another account takes that one’s place.</p>
        <ButtonLink to="/history">Your interviews</ButtonLink>
      </Notice>
    );
  }
  return (
    <Notice kind="doubt">
      <p>
        You are here as a guest. What you did as a guest does not come along into an account that exists: once
        you sign in, you cannot get back to it
        {me.expires_at && <>, and it is deleted on {dateTime(me.expires_at)}</>}.
      </p>
      <p>
        To keep it, <Link to="/account">make a new account from it</Link>, or download a copy there first.
      </p>
    </Notice>
  );
}
