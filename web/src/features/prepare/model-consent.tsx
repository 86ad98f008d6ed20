import { Link } from 'react-router';
import { useAbout } from '@/api/about';
import { useChangeConsent, useConsents, useConsentTexts } from '@/api/consents';
import { messageOf } from '@/api/errors';
import { Notice } from '@/components/notice';
import { modelsFor } from '@/lib/outside';
import styles from './prepare.module.css';

/** Where a model of another company could help: whether it may, before anything goes there. */
export function ModelConsent() {
  const { data: about } = useAbout();
  const { data: texts } = useConsentTexts();
  const { data: mine } = useConsents();
  const change = useChangeConsent();
  const others = about?.outside.filter((each) => each.needs_consent) ?? [];
  const text = texts?.find(({ purpose }) => purpose === 'model_vendor');
  if (others.length === 0 || !text) return null;
  const names = modelsFor(others, 'interviewing') ?? modelsFor(others, 'judging');
  const agreed = change.isPending ? change.variables.agree : (mine?.agreed.includes('model_vendor') ?? false);
  return (
    <div className="stack">
      <label className={styles.agree}>
        <input
          type="checkbox"
          checked={agreed}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ text, agree: event.target.checked })}
        />
        <span>
          Let {names} take part: it is another company’s, and gets your words for it. Without it, the
          interviewer and the scorer of this server do both.{' '}
          <Link to="/privacy#consents">What you agree to</Link>
        </span>
      </label>
      {change.isError && <Notice kind="bad">{messageOf(change.error)}</Notice>}
    </div>
  );
}
