import { useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { onSignedOut, sayWhySignedOut, whySignedOut } from '@/lib/signed-out';
import styles from './account.module.css';

/** Says why this device is not signed in any more, when somebody or something ended it from elsewhere. */
export function SignedOutNotice() {
  const why = useSyncExternalStore(onSignedOut, whySignedOut);
  const { pathname } = useLocation();
  if (why === null) return null;
  return (
    <section className={styles.fallen} aria-label="You were signed out">
      <Notice kind="doubt">
        <p role="status">{why}</p>
        <div className="row">
          {pathname !== '/login' && <SignInAgain />}
          <Button look="quiet" onClick={() => sayWhySignedOut(null)}>
            Close
          </Button>
        </div>
      </Notice>
    </section>
  );
}
