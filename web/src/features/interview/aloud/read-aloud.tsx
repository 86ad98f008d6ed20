import { Volume2, VolumeX } from 'lucide-react';
import { Button } from '@/components/button';
import styles from '../room.module.css';
import type { Aloud } from './use-read-aloud';

/** Switches reading out, and ends it for one question. */
export function ReadAloud({ aloud }: { aloud: Aloud }) {
  if (!aloud.can) return null;
  const Icon = aloud.on ? VolumeX : Volume2;
  return (
    <div className="row">
      <Button className={styles.onWall} look="quiet" onClick={aloud.toggle} aria-pressed={aloud.on}>
        <Icon aria-hidden size={17} />
        {aloud.on ? 'Stop reading aloud' : 'Read aloud'}
      </Button>
      {aloud.isReading && (
        <Button className={styles.onWall} look="quiet" onClick={aloud.skip}>
          Skip
        </Button>
      )}
    </div>
  );
}
