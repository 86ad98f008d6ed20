import { Link } from 'react-router';
import { useConsentTexts } from '@/api/consents';
import { ConsentBox } from '../consent-box';

/** Whether the sound of the interview is kept to listen to again. */
export function RecordingConsent() {
  const { data: texts } = useConsentTexts();
  const text = texts?.find(({ purpose }) => purpose === 'recording');
  if (!text) return null;
  return (
    <ConsentBox text={text}>
      Keep the sound, so that you can listen to your answers in the report. Without it, only the words are
      kept. <Link to="/privacy#consents">What you agree to</Link>
    </ConsentBox>
  );
}
