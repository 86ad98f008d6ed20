import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/button';
import { placeOf } from '@/lib/format';
import styles from './listen.module.css';
import { isGoing, type Listening, useListening, usePlaybackNow } from './listening';
import type { Place } from './places';

/** Whether a place sounds now, or is where the player was stopped. */
const useIsThere = ({ playback }: Listening, { fromMs, toMs }: Place) =>
  usePlaybackNow(playback, ({ atMs, standing }) => standing !== 'idle' && atMs >= fromMs - 1 && atMs < toMs);

type HearItProps = { place: Place | null; what: string };

/** Plays from a place, and stops there; nothing where nothing can be heard. */
export function HearIt({ place, what }: HearItProps) {
  const listening = useListening();
  return listening && place ? <HearButton listening={listening} place={place} what={what} /> : null;
}

function HearButton({ listening, place, what }: { listening: Listening; place: Place; what: string }) {
  const { playback } = listening;
  const isThere = useIsThere(listening, place);
  const sounds = usePlaybackNow(playback, isGoing) && isThere;
  const Icon = sounds ? Pause : Play;
  const at = placeOf(place.fromMs);
  return (
    <Button
      look="quiet"
      className={styles.hear}
      onClick={() => (sounds ? playback.pause() : playback.playFrom(place.fromMs))}
    >
      <Icon aria-hidden size={16} />
      {sounds ? 'Pause' : 'Hear it'} <span className="soft">{at}</span>
      <span className="visually-hidden">, {what}</span>
    </Button>
  );
}

type WordsProps = { place: Place | null; children: ReactNode };

/**
 * Words that can be clicked to hear them, and that stand out while they sound. The keyboard has the button beside
 * them: a stop at each sentence would be one too many.
 */
export function HeardWords({ place, children }: WordsProps) {
  const listening = useListening();
  if (!listening || !place) return children;
  return (
    <Sounding listening={listening} place={place}>
      {children}
    </Sounding>
  );
}

function Sounding({
  listening,
  place,
  children,
}: {
  listening: Listening;
  place: Place;
  children: ReactNode;
}) {
  const sounds = useIsThere(listening, place);
  return (
    <Link
      to="#recording"
      tabIndex={-1}
      className={styles.spokenWords}
      data-sounds={sounds}
      title={`Hear it from ${placeOf(place.fromMs)}`}
      onClick={(event) => {
        event.preventDefault();
        // Who marks words to copy them does not want to hear them.
        if (window.getSelection()?.isCollapsed !== false) listening.playback.playFrom(place.fromMs);
      }}
    >
      {children}
    </Link>
  );
}
