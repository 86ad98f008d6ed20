import { useCallback, useEffect, useRef, useState } from 'react';
import { openLooker } from './looker';
import type { Seen } from './seen';

/** Time between two looks, ms: twice a second shows what matters and leaves the device its rest. */
const LOOK_EVERY_MS = 500;
/** Looks that are remembered: two hours. */
const REMEMBERED = 14_400;

export type MirrorTrouble = 'refused' | 'none' | 'broken';

const TROUBLE: Record<string, MirrorTrouble> = { NotAllowedError: 'refused', NotFoundError: 'none' };

/** A camera that only this page looks at. What was seen is forgotten with the page. */
export function useMirror() {
  const [state, setState] = useState<'opening' | 'on' | 'off'>('opening');
  const [trouble, setTrouble] = useState<MirrorTrouble | null>(null);
  const [seen, setSeen] = useState<Seen[]>([]);
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    let over = false;
    let stream: MediaStream | null = null;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const fail = (error: unknown) => {
      if (over) return;
      setTrouble(TROUBLE[(error as Error).name] ?? 'broken');
      setState('off');
      stop();
    };
    const stop = () => {
      over = true;
      clearTimeout(waiting);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { width: 640, height: 480, facingMode: 'user' },
      });
      const element = video.current;
      if (over || !element) return stop();
      for (const track of stream.getTracks()) track.onended = () => fail(new Error('the camera is gone'));
      element.srcObject = stream;
      await element.play();
      const looker = await openLooker();
      const look = async () => {
        if (over) return;
        if (document.visibilityState === 'visible') {
          const face = await looker.look(element);
          if (over) return;
          setSeen((before) => [...before.slice(1 - REMEMBERED), { at: Date.now(), face }]);
          setState('on');
        }
        waiting = setTimeout(() => void look().catch(fail), LOOK_EVERY_MS);
      };
      await look();
    };
    void open().catch(fail);
    return stop;
  }, []);

  const forget = useCallback(() => setSeen([]), []);
  return { state, trouble, seen, video, forget };
}
