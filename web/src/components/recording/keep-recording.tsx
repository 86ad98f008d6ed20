import { useEffect, useRef } from 'react';
import { Button } from '../button';
import { Notice } from '../notice';

/** The way back while a recording is about to be deleted; it takes the focus that the button which is gone had. */
export function KeepRecording({ onKeep }: { onKeep: () => void }) {
  const node = useRef<HTMLDivElement>(null);
  useEffect(() => node.current?.querySelector('button')?.focus(), []);
  return (
    <div ref={node}>
      <Notice>
        <p>The recording is deleted in a few seconds. The words, and what was made of them, stay.</p>
        <Button onClick={onKeep}>Keep it</Button>
      </Notice>
    </div>
  );
}
