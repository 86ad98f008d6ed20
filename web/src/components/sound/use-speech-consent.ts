import { useConsents } from '@/api/consents';
import type { VoiceAbout } from '@/api/voice';

/** Whether a person may be heard here. `waiting` until the server has said what was agreed to. */
type SpeechConsentState = 'free' | 'agreed' | 'missing' | 'waiting';

/** Whether this person may be heard here: freely, by agreement, or not before they agree. */
export function useSpeechConsent(about: VoiceAbout | undefined): SpeechConsentState {
  const isNeeded = about?.sound_leaves === true && !about.hears_at_home;
  const { data: mine, isFetching } = useConsents(isNeeded);
  if (!isNeeded) return 'free';
  if (mine?.agreed.includes('speech_vendor')) return 'agreed';
  return mine === undefined && isFetching ? 'waiting' : 'missing';
}
