import { useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { OthersWords } from './other-voices';

/** How long an answer may be changed after it was given, ms; the server decides. */
const CHANGEABLE_MS = 20_000;

/** Words that were left out: the answer before and after. */
export type LeftOut = { before: string; after: string };

type Props = {
  text: string;
  /** What somebody else seems to have said in this answer; null when nobody has. */
  words: OthersWords | null;
  leftOut: LeftOut | null;
  isBusy: boolean;
  onLeaveOut: (leftOut: LeftOut) => void;
  onPutBack: (leftOut: LeftOut) => void;
};

/** Words that may be somebody else's, to be left out by one press, and put back by another. */
export function OtherVoice({ text, words, leftOut, isBusy, onLeaveOut, onPutBack }: Props) {
  const undo = leftOut?.after === text ? leftOut : null;
  const isShown = undo !== null || words !== null;
  const isLate = useElapsed(CHANGEABLE_MS, isShown);
  const canChange = !isLate && (undo !== null || (words !== null && words.rest !== ''));
  const change = () => {
    if (undo) onPutBack(undo);
    else if (words) onLeaveOut({ before: text, after: words.rest });
  };
  return (
    <div role="status">
      {isShown && (
        <Notice>
          <p>
            {undo ? (
              'What somebody else said is left out of your answer.'
            ) : (
              <Said words={words} late={isLate} />
            )}
          </p>
          {canChange && (
            <Button look="quiet" busy={isBusy} onClick={change}>
              {undo ? 'Put it back' : 'Leave it out'}
            </Button>
          )}
        </Notice>
      )}
    </div>
  );
}

function Said({ words, late }: { words: OthersWords | null; late: boolean }) {
  if (words === null) return null;
  return (
    <>
      It sounds as if somebody else said <q dir="auto">{words.theirs.join(' … ')}</q>
      {late
        ? '. It counts as part of your answer.'
        : words.rest === ''
          ? '. If that is so, put your own words here.'
          : '. Your answer holds it for now.'}
    </>
  );
}

/** Whether so long has passed since `isOn`. */
function useElapsed(ms: number, isOn: boolean): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => setElapsed(true), ms);
    return () => clearTimeout(timer);
  }, [isOn, ms]);
  return elapsed;
}
