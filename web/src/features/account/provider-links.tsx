import { Link } from 'react-router';
import { useAbout } from '@/api/about';
import styles from './account.module.css';
import { TEXTS } from './keep-form';
import { LeaveLink } from './leave-link';

/** Signing in with accounts that people have elsewhere; nothing when this server knows no provider. */
export function ProviderLinks({ next }: { next: string }) {
  const providers = useAbout().data?.sign_in ?? [];
  if (providers.length === 0) return null;
  return (
    <section className={styles.sheet} aria-label="With an account elsewhere">
      <div className="row">
        {providers.map(({ name, label }) => (
          <LeaveLink key={name} provider={name} next={next} texts={TEXTS}>
            Continue with {label}
          </LeaveLink>
        ))}
      </div>
      <p className="soft">
        The first time makes an account: going on, you agree to the <Link to="/privacy#terms">terms</Link> and
        to what is kept, as the <Link to="/privacy">privacy page</Link> says.
      </p>
    </section>
  );
}
