import { Link } from 'react-router';
import { useAbout } from '@/api/about';
import { useConsentTexts } from '@/api/consents';
import type { VoiceAbout } from '@/api/voice';
import { modelsFor } from '@/lib/outside';
import { ConsentBox } from '../consent-box';

/** Where engines of other companies could hear or speak: whether they may, before any sound goes there. */
export function SpeechConsent({ about: voice }: { about: VoiceAbout }) {
  const { data: about } = useAbout();
  const { data: texts } = useConsentTexts();
  const text = texts?.find(({ purpose }) => purpose === 'speech_vendor');
  if (!text || !(voice.sound_leaves || voice.words_leave)) return null;
  const hears = modelsFor(about?.outside ?? [], 'hearing');
  const speaks = modelsFor(about?.outside ?? [], 'speaking');
  const talks = modelsFor(about?.outside ?? [], 'realtime');
  // One model for both is named by itself: what it gets, it gets only where it is chosen.
  const soundLeaves = voice.sound_leaves && (hears !== null || talks === null);
  const wordsLeave = voice.words_leave && (speaks !== null || talks === null);
  return (
    <ConsentBox text={text}>
      {soundLeaves &&
        `Send the sound of my answers to ${hears ?? 'another company'}, which makes text of it. `}
      {wordsLeave &&
        `${soundLeaves ? 'And send' : 'Send'} what the interviewer says to ${speaks ?? 'another company'}, which speaks it. `}
      {talks && `Where I choose to speak as in a talk, send both to ${talks}, which hears and speaks. `}
      {without(voice)} <Link to="/privacy#consents">What you agree to</Link>
    </ConsentBox>
  );
}

function without({ sound_leaves, hears_at_home }: VoiceAbout): string {
  if (!sound_leaves) return 'Without it, this server or your browser speaks.';
  if (hears_at_home) return 'Without it, this server does that itself.';
  return 'Without it you cannot be heard here, and type your answers.';
}
