import { useEffect, useRef, useState } from 'react';
import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { useWaysIn } from '@/api/ways-in';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime } from '@/lib/format';
import { useTitle } from '@/lib/use-title';
import styles from './account.module.css';
import { DetailsForm } from './details-form';
import { FirstPasswordForm } from './first-password-form';
import { KeepForm } from './keep-form';
import { OauthNotice } from './oauth-notice';
import { PasswordForm } from './password-form';
import { ProfileForm } from './profile-form';
import { ProviderLinks } from './provider-links';
import { SignIns } from './sign-ins';
import { WaysIn } from './ways-in';
import { YourData } from './your-data';

/** A guest keeps what they did here; a person with an account looks after it. */
export function AccountPage() {
  const me = useMe();
  const ways = useWaysIn(me.data?.is_guest === false);
  const [erased, setErased] = useState(false);
  const gone = erased && me.data === null;
  useTitle(gone ? 'Erased' : me.data?.is_guest ? 'Keep it' : 'Account');
  if (me.isPending) {
    return (
      <div className="page narrow">
        <Skeleton label="Fetching your account" />
      </div>
    );
  }
  if (me.isError) {
    return (
      <div className="page narrow stack">
        <h1>Account</h1>
        <Notice kind="bad">
          <p>{messageOf(me.error)}</p>
          <Button onClick={() => void me.refetch()}>Try again</Button>
        </Notice>
      </div>
    );
  }
  const user = me.data;
  if (gone) return <Erased />;
  if (!user) return <NobodyHere />;
  return (
    <div className={`page narrow ${styles.page}`}>
      <header className="stack">
        <h1>{user.is_guest ? 'Keep it' : 'Your account'}</h1>
        {user.is_guest && user.expires_at && (
          <p>
            You are here as a guest. Everything you did here is deleted on {dateTime(user.expires_at)}. With
            an account it stays yours, and you can come back to it from any device.
          </p>
        )}
      </header>
      <OauthNotice />
      {user.is_guest ? (
        <>
          <ProviderLinks next="/history" />
          <KeepForm />
        </>
      ) : (
        <>
          <DetailsForm user={user} />
          <WaysIn />
          {ways.isPending ? (
            <Skeleton label="Fetching the ways to sign in" />
          ) : ways.data?.has_password === false ? (
            <FirstPasswordForm />
          ) : (
            <PasswordForm />
          )}
          <SignIns />
        </>
      )}
      <ProfileForm />
      <YourData user={user} onErased={() => setErased(true)} />
    </div>
  );
}

function Erased() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="page narrow stack">
      <h1 ref={heading} tabIndex={-1}>
        Everything is erased
      </h1>
      <p>What was yours is removed from this server, and your drafts from this device.</p>
      <div className="row">
        <ButtonLink to="/">Go to the start</ButtonLink>
      </div>
    </div>
  );
}

function NobodyHere() {
  return (
    <div className={`page narrow ${styles.page}`}>
      <header className="stack">
        <h1>Make an account</h1>
        <p>You need none to practise. It keeps your interviews for longer than a guest’s.</p>
      </header>
      <OauthNotice />
      <ProviderLinks next="/history" />
      <KeepForm />
      <p>
        Have one? <ButtonLink to="/login">Sign in</ButtonLink>
      </p>
    </div>
  );
}
