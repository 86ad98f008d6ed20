import { Camera } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { Skeleton } from '@/components/skeleton';

/** Comes with its models only when somebody opens it. Nothing but the room for practice imports it. */
const Mirror = lazy(async () => ({ default: (await import('./mirror')).Mirror }));

/** A mirror for those who want one; closed until they say so, each time. */
export function MirrorDoor() {
  const [isAsking, setAsking] = useState(false);
  const [isOpen, setOpen] = useState(false);
  if (!navigator.mediaDevices) return null;
  return (
    <>
      {isOpen ? (
        <Suspense fallback={<Skeleton label="Fetching the mirror" />}>
          <Mirror onClose={() => setOpen(false)} />
        </Suspense>
      ) : (
        <div className="row">
          <Button look="quiet" onClick={() => setAsking(true)}>
            <Camera aria-hidden size={17} />
            Open a mirror
          </Button>
        </div>
      )}
      <ConfirmDialog
        title="A mirror, for you alone"
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          setOpen(true);
        }}
        confirm="Open the mirror"
        cancel="No mirror"
      >
        <p>
          Your camera shows you yourself, and this page works out on your device whether you look towards the
          screen, how your head moves, and what a small model takes your face for.
        </p>
        <p>
          No picture and no number leaves this device. What was seen is forgotten when the page is closed, and
          it changes no mark. About 8 MB are fetched from this server first.
        </p>
      </ConfirmDialog>
    </>
  );
}
