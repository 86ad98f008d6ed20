import { useLocation } from 'react-router';
import { ButtonLink } from './button';

/** The way to sign in, and back to this page. */
export function SignInAgain() {
  const { pathname } = useLocation();
  return <ButtonLink to={`/login?next=${encodeURIComponent(pathname)}`}>Sign in</ButtonLink>;
}
