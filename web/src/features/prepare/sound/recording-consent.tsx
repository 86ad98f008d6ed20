import { Link } from 'react-router';
import { useConsentTexts } from '@/api/consents';
import { useRetentionRules } from '@/api/retention';
import { ConsentBox } from '@/components/consent-box';

/** Whether the sound of the interview is kept to listen to again. */
export function RecordingConsent() {
  const { data: texts } = useConsentTexts();
  const { data: rules } = useRetentionRules();
  const text = texts?.find(({ purpose }) => purpose === 'recording');
  const kept = rules?.find(({ kind }) => kind === 'recordings')?.kept;
  if (!text) return null;
  return (
    <ConsentBox text={text}>
      Record what is said, to listen to it again in the report. Recordings are kept, encrypted, until{' '}
      {kept && `${kept}, or until `}you delete them. <Link to="/privacy#consents">What you agree to</Link>
    </ConsentBox>
  );
}
