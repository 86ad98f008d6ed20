import { Link } from 'react-router';
import { useAbout } from '@/api/about';
import { useConsentTexts } from '@/api/consents';
import { ConsentBox } from '@/components/consent-box';
import { isModel, modelsFor } from '@/lib/outside';

/** Where a model of another company could help: whether it may, before anything goes there. */
export function ModelConsent() {
  const { data: about } = useAbout();
  const { data: texts } = useConsentTexts();
  const others = about?.outside.filter((each) => each.needs_consent && isModel(each)) ?? [];
  const text = texts?.find(({ purpose }) => purpose === 'model_vendor');
  if (others.length === 0 || !text) return null;
  const names = modelsFor(others, 'interviewing') ?? modelsFor(others, 'judging');
  return (
    <ConsentBox text={text}>
      Let {names} take part: it is another company’s, and gets your words for it. Without it, the interviewer
      and the scorer of this server do both. <Link to="/privacy#consents">What you agree to</Link>
    </ConsentBox>
  );
}
