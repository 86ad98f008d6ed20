import { useChangeConsent, useConsents, useConsentTexts } from '@/api/consents';
import { messageOf } from '@/api/errors';
import type { SpokenLog } from './spoken-log';

/**
 * Whether the sound is being recorded, as the server says: `stopped` when it was and the person withdrew, `broken` when it
 * was and the server could not go on. Withdrawing stops it within a second.
 */
export function useRecorded(recording: SpokenLog['recording']) {
  const { data: mine } = useConsents();
  const { data: texts } = useConsentTexts();
  const change = useChangeConsent();
  const agreed = mine?.agreed.includes('recording') ?? false;
  const text = texts?.find(({ purpose }) => purpose === 'recording');
  const ended = agreed ? ('broken' as const) : ('stopped' as const);
  return {
    state: recording === 'ended' ? ended : recording,
    isStopping: change.isPending || (recording === 'on' && change.isSuccess && !agreed),
    failure: change.isError ? messageOf(change.error) : null,
    stop: () => text && change.mutate({ text, agree: false }),
  };
}

export type RecordedNow = ReturnType<typeof useRecorded>;
