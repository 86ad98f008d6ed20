import { useState } from 'react';
import { useChangeConsent, useConsents, useConsentTexts } from '@/api/consents';
import { messageOf } from '@/api/errors';

/**
 * Whether the sound is being recorded: `stopped` when it was and the person withdrew. Whether it is kept is settled when
 * the line is opened, by what was agreed to then; withdrawing stops it at once.
 */
export function useRecorded(link: string | null) {
  const { data: mine } = useConsents();
  const { data: texts } = useConsentTexts();
  const change = useChangeConsent();
  const [settled, setSettled] = useState<{ link: string; on: boolean } | null>(null);
  const agreed = mine?.agreed.includes('recording') ?? false;
  if (link && mine && settled?.link !== link) setSettled({ link, on: agreed });
  const text = texts?.find(({ purpose }) => purpose === 'recording');
  return {
    state: !settled?.on ? ('off' as const) : agreed ? ('on' as const) : ('stopped' as const),
    isStopping: change.isPending,
    failure: change.isError ? messageOf(change.error) : null,
    stop: () => text && change.mutate({ text, agree: false }),
  };
}

export type RecordedNow = ReturnType<typeof useRecorded>;
