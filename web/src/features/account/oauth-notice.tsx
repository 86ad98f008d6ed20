import { useSearchParams } from 'react-router';
import { Notice } from '@/components/notice';

const AGAIN = 'Please start again.';

/** The server sends a name; the words are here, so that nobody can put words of their own into the address. */
const WORDS: Record<string, string> = {
  oauth_denied: 'You did not agree at the provider, so nothing was changed.',
  oauth_email_taken:
    'There is an account with your address already. Sign in to it as you did before, then link the provider on the account page.',
  oauth_email_unverified:
    'The provider has not confirmed that your e-mail address is yours. Confirm it there, or make an account with a password.',
  oauth_no_email:
    'The provider did not say your e-mail address, which an account needs. Allow it there, or make an account with a password.',
  oauth_linked_already: 'Your account is linked to another account at this provider. Unlink that first.',
  oauth_taken:
    'That account at the provider belongs to another account here. Sign in with it, or link another one.',
  oauth_provider_down:
    'The provider does not answer right now. Try again in a moment, or sign in another way.',
  oauth_misconfigured:
    'This server and the provider do not fit together; whoever runs this server finds the reason in its log. Sign in another way.',
  oauth_refused: `What the provider answered could not be trusted, so nothing was changed. ${AGAIN}`,
  oauth_not_from_here: `This way back from the provider does not belong to a sign-in that began in this browser. ${AGAIN}`,
  oauth_used: `This way back from the provider was taken already. ${AGAIN}`,
  oauth_too_late: `You were at the provider for too long. ${AGAIN}`,
  oauth_sign_in_first: 'Sign in to your account first, then link the provider.',
};

/** Why signing in with a provider, or linking one, came to nothing. */
export function OauthNotice() {
  const [query] = useSearchParams();
  const name = query.get('oauth_error');
  if (!name) return null;
  return <Notice kind="bad">{WORDS[name] ?? `That did not work. Nothing was changed. ${AGAIN}`}</Notice>;
}
