import { Camera } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useChangeConsent, useConsents, useConsentTexts } from '@/api/consents';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';

/** Comes with its models only when somebody opens it. Nothing but the room for practice imports it. */
const Mirror = lazy(async () => ({ default: (await import('./mirror')).Mirror }));

/** A mirror for those who want one and agree to it; closed until they say so, each time. */
export function MirrorDoor() {
  const [isAsking, setAsking] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { data: texts } = useConsentTexts();
  const { data: mine } = useConsents();
  const change = useChangeConsent();
  const text = texts?.find(({ purpose }) => purpose === 'camera_numbers');
  const agreed = mine?.agreed.includes('camera_numbers') ?? false;
  // Withdrawn meanwhile: it does not open again by itself.
  if (isOpen && mine && !agreed) setOpen(false);
  if (!navigator.mediaDevices || !text) return null;
  const enter = () => {
    setAsking(false);
    setOpen(true);
  };
  const open = () => (agreed ? enter() : change.mutate({ text, agree: true }, { onSuccess: enter }));
  const close = () => !change.isPending && setAsking(false);
  const ask = () => {
    change.reset();
    setAsking(true);
  };
  return (
    <>
      {isOpen && agreed ? (
        <Suspense fallback={<Skeleton label="Fetching the mirror" />}>
          <Mirror onClose={() => setOpen(false)} />
        </Suspense>
      ) : (
        <div className="row">
          <Button look="quiet" onClick={ask}>
            <Camera aria-hidden size={17} />
            Open a mirror
          </Button>
        </div>
      )}
      <Dialog
        title="A mirror, for you alone"
        open={isAsking}
        onClose={close}
        actions={
          <>
            <Button onClick={close}>No mirror</Button>
            <Button look="primary" busy={change.isPending} onClick={open}>
              {agreed ? 'Open the mirror' : 'Agree and open the mirror'}
            </Button>
          </>
        }
      >
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>About 8 MB are fetched from this server first.</p>
        {change.isError && <Notice kind="bad">{messageOf(change.error)}</Notice>}
      </Dialog>
    </>
  );
}
