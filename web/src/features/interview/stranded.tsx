import { useState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { StrandedText } from './use-fates';

/** Says that another tab was faster, and gives the text back. */
export function Stranded({ stranded, onClose }: { stranded: StrandedText; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(stranded.text);
      setCopied(true);
    } catch {
      // No clipboard without https; the text stands below to be copied by hand.
    }
  };
  return (
    <Notice kind="doubt">
      <p>
        “{stranded.question}” was already answered{' '}
        {stranded.isOwnAnswer ? 'by what you sent first' : 'in another tab'}, so the interview has gone on.
        What you wrote {stranded.isOwnAnswer ? 'since' : 'here'} is kept on this device; you can use it under
        “Answer it again” in the report.
      </p>
      <details>
        <summary>What you wrote</summary>
        <p>{stranded.text}</p>
      </details>
      <div className="row">
        <Button onClick={() => void copy()}>{copied ? 'Copied' : 'Copy it'}</Button>
        <Button look="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </Notice>
  );
}
