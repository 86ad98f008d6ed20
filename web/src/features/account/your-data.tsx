import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { becomeUser, eraseAccount, logout } from '@/api/account';
import { messageOf } from '@/api/errors';
import type { User } from '@/api/types';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { download } from '@/lib/download';
import { forgetDevice } from '@/lib/forget-device';
import styles from './account.module.css';

/** What must be typed before everything goes. */
const WORD = 'erase';

/** Take a copy, sign out, or have everything erased. */
export function YourData({ user, onErased }: { user: User; onErased: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const forget = () => {
    forgetDevice();
    becomeUser(queries, null);
  };
  const copy = useMutation({
    mutationFn: () => download('/api/users/me/export?format=zip', 'greenroom-export.zip'),
  });
  const signOut = useMutation({
    mutationFn: logout,
    onSuccess: () => {
      forget();
      void navigate('/');
    },
  });
  const erase = useMutation({
    mutationFn: eraseAccount,
    onSuccess: () => {
      onErased();
      forget();
    },
  });
  const close = () => {
    setAsking(false);
    setTyped('');
    erase.reset();
  };
  const error = copy.error ?? signOut.error;
  return (
    <section className={styles.sheet} aria-labelledby="data-heading">
      <h2 id="data-heading">Your data</h2>
      <p>
        All of it in one archive (ZIP), or gone for good. What is kept at all, the{' '}
        <Link to="/privacy">privacy page</Link> says.
        {!user.is_guest && ' Signing out also forgets what you wrote on this device and did not send.'}
      </p>
      {error && <Notice kind="bad">{messageOf(error)}</Notice>}
      <div className="row">
        <Button onClick={() => copy.mutate()} busy={copy.isPending}>
          Download everything
        </Button>
        {!user.is_guest && (
          <Button onClick={() => signOut.mutate()} busy={signOut.isPending}>
            Sign out
          </Button>
        )}
        <Button look="danger" onClick={() => setAsking(true)}>
          Erase everything
        </Button>
      </div>
      <ConfirmDialog
        title="Erase everything?"
        open={asking}
        onClose={close}
        onConfirm={() => erase.mutate()}
        busy={erase.isPending}
        ready={typed.trim().toLowerCase() === WORD}
        confirm="Erase everything"
      >
        <p>
          Your {user.is_guest ? 'guest sign-in' : 'account'}, your profile, resumes, job descriptions,
          interviews, answers and judgements are removed from this server at once, and your drafts from this
          device. Nobody can bring them back.
        </p>
        <TextField
          label={`Type “${WORD}” to go on`}
          autoComplete="off"
          autoCapitalize="none"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {erase.isError && <Notice kind="bad">{messageOf(erase.error)}</Notice>}
      </ConfirmDialog>
    </section>
  );
}
