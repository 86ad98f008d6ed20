import { X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import type { ReportAnswer } from '@/api/types';
import { Button } from '@/components/button';
import styles from './listen.module.css';
import { type Listening, usePlaybackNow } from './listening';
import { Clock, NowSounds, PlayButton } from './player';

type Props = { listening: Listening; answers: ReportAnswer[]; player: RefObject<HTMLElement | null> };

/** The player in small, at the foot of the screen while one listens and the player itself is out of sight. */
export function Dock({ listening, answers, player }: Props) {
  const isBegun = usePlaybackNow(listening.playback, ({ standing }) => standing !== 'idle');
  const inSight = useInSight(player);
  const [isClosed, setClosed] = useState(false);
  const sounds = usePlaybackNow(listening.playback, ({ standing }) => standing === 'playing');
  if (isClosed && sounds) setClosed(false);
  if (!isBegun || inSight || isClosed) return null;
  return (
    <section className={styles.dock} aria-label="Player">
      <div className={styles.dockInner}>
        <PlayButton listening={listening} />
        <Clock listening={listening} />
        <NowSounds listening={listening} answers={answers} />
        <Button
          look="quiet"
          aria-label="Stop listening"
          onClick={() => {
            listening.playback.pause();
            setClosed(true);
          }}
        >
          <X aria-hidden size={18} />
        </Button>
      </div>
    </section>
  );
}

function useInSight(node: RefObject<HTMLElement | null>): boolean {
  const [inSight, setInSight] = useState(true);
  useEffect(() => {
    if (!node.current || typeof IntersectionObserver !== 'function') return;
    const observer = new IntersectionObserver((entries) => {
      setInSight(entries.at(-1)?.isIntersecting ?? true);
    });
    observer.observe(node.current);
    return () => observer.disconnect();
  }, [node]);
  return inSight;
}
