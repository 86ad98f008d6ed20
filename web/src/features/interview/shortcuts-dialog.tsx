import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import styles from './room.module.css';
import { VOICE_SHORTCUTS } from './spoken/voice-shortcuts';
import { SHORTCUTS } from './use-shortcuts';

type Props = { isSpoken: boolean; open: boolean; onClose: () => void };

/** The keys that work in the room. */
export function ShortcutsDialog({ isSpoken, open, onClose }: Props) {
  const keys = isSpoken ? [...SHORTCUTS, ...VOICE_SHORTCUTS] : SHORTCUTS;
  return (
    <Dialog title="Keys" open={open} onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <dl className={styles.keys}>
        {keys.map(({ keys: pressed, does }) => (
          <div key={pressed}>
            <dt>
              <kbd>{pressed}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
