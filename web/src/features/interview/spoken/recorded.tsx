import { Disc } from 'lucide-react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import styles from './spoken.module.css';
import type { RecordedNow } from './use-recorded';

/** Says all the while that the sound is kept, and lets one stop that. */
export function Recorded({ recorded: { state, isStopping, failure, stop } }: { recorded: RecordedNow }) {
  if (state === 'off') return null;
  return (
    <div className={styles.recorded}>
      {state === 'on' ? (
        <>
          <p>
            <Disc aria-hidden size={17} />
            Being recorded
          </p>
          <Button look="quiet" busy={isStopping} onClick={stop}>
            Stop recording
          </Button>
        </>
      ) : state === 'broken' ? (
        <p role="status">
          Recording has stopped: the server could keep no more of it. The interview goes on.
        </p>
      ) : (
        <p role="status">
          Recording has stopped, and your consent is withdrawn. What was recorded before stays until you
          delete it in the report.
        </p>
      )}
      {failure !== null && <Notice kind="bad">{failure} The sound is still being recorded.</Notice>}
    </div>
  );
}
