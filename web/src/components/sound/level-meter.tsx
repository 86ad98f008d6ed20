import { useEffect, useRef } from 'react';
import { type Loudness, meterShare } from '@/lib/sound/loudness';
import styles from './sound.module.css';

/** Tells each frame's loudness; returns how to stop listening. */
export type Levels = (hear: (loudness: Loudness) => void) => () => void;

/** How fast the bar falls, share of the meter a frame: fast up, slow down, as an eye can follow. */
const FALL = 0.03;

/**
 * How loud it is at the microphone, live. Set without rendering: fifty times a second is too much for that. The
 * browser's own meter is there for those who ask for its value; its looks cannot be relied on.
 */
export function LevelMeter({ levels, label }: { levels: Levels; label: string }) {
  const bar = useRef<HTMLDivElement>(null);
  const meter = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    let shown = 0;
    return levels(({ level, clipped }) => {
      shown = Math.max(meterShare(level), shown - FALL);
      if (meter.current) meter.current.value = shown;
      bar.current?.style.setProperty('--level', shown.toFixed(3));
      bar.current?.setAttribute('data-clipped', String(clipped > 0));
    });
  }, [levels]);
  return (
    <>
      <meter ref={meter} className="visually-hidden" aria-label={label} min={0} max={1} value={0} />
      <div ref={bar} className={styles.meter} aria-hidden />
    </>
  );
}
