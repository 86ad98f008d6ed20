import { useState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { OthersWords } from './other-voices';

type Props = {
  /** What somebody else seems to have said in this answer; null when nobody has. */
  said: OthersWords | null;
  text: string;
  isBusy: boolean;
  /** Makes these the words of the answer. */
  onKeep: (text: string) => void;
};

/** Words that may be somebody else's, to be left out by one press, and put back by another. */
export function OtherVoice({ said, text, isBusy, onKeep }: Props) {
  const [before, setBefore] = useState<string | null>(null);
  const leaveOut = () => {
    setBefore(text);
    onKeep(said?.rest ?? text);
  };
  if (said === null) {
    if (before === null || before === text) return null;
    return (
      <p className="soft small">
        Left out of the answer.{' '}
        <Button look="quiet" busy={isBusy} onClick={() => onKeep(before)}>
          Put it back
        </Button>
      </p>
    );
  }
  return (
    <Notice>
      <p>
        It sounds as if somebody else said <q dir="auto">{said.said.join(' … ')}</q>
        {said.rest === '' ? '. If that is so, put your own words here.' : '. Your answer holds it for now.'}
      </p>
      {said.rest !== '' && (
        <Button look="quiet" busy={isBusy} onClick={leaveOut}>
          Leave it out
        </Button>
      )}
    </Notice>
  );
}
