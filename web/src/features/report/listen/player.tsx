import { Pause, Play, RotateCcw, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReportAnswer } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { placeOf } from '@/lib/format';
import styles from './listen.module.css';
import { isGoing, type Listening, usePlaybackNow } from './listening';
import { Waveform, whatSounds } from './waveform';

const SKIP_MS = 10_000;
const RATES = [0.75, 1, 1.25, 1.5];

type Props = { listening: Listening; answers: ReportAnswer[]; children?: ReactNode };

/** The waveform with what one does to it; `children` stand at the end of its row. */
export function Player({ listening, answers, children }: Props) {
  const { playback } = listening;
  const hasFailed = usePlaybackNow(playback, ({ standing }) => standing === 'failed');
  return (
    <div className={styles.player}>
      <Waveform listening={listening} answers={answers} />
      <div className={styles.under}>
        <NowSounds listening={listening} answers={answers} />
        <Clock listening={listening} />
      </div>
      {hasFailed && (
        <Notice kind="bad">
          The sound does not come: the line or the server is away. It is still kept; play it again in a
          moment.
        </Notice>
      )}
      <div className={styles.controls}>
        <PlayButton listening={listening} />
        <Skip listening={listening} byMs={-SKIP_MS} />
        <Skip listening={listening} byMs={SKIP_MS} />
        <Speed listening={listening} />
        {children}
      </div>
    </div>
  );
}

export function PlayButton({ listening: { playback } }: { listening: Listening }) {
  const going = usePlaybackNow(playback, isGoing);
  const Icon = going ? Pause : Play;
  return (
    <Button
      look="primary"
      className={styles.play}
      onClick={() => (going ? playback.pause() : playback.play())}
    >
      <Icon aria-hidden size={18} />
      {going ? 'Pause' : 'Play'}
    </Button>
  );
}

function Skip({ listening: { playback }, byMs }: { listening: Listening; byMs: number }) {
  const Icon = byMs < 0 ? RotateCcw : RotateCw;
  const seconds = Math.abs(byMs) / 1000;
  return (
    <Button look="quiet" onClick={() => playback.seek(playback.now().atMs + byMs)}>
      <Icon aria-hidden size={18} />
      {seconds} s<span className="visually-hidden"> {byMs < 0 ? 'back' : 'on'}</span>
    </Button>
  );
}

function Speed({ listening: { playback } }: { listening: Listening }) {
  const rate = usePlaybackNow(playback, (now) => now.rate);
  return (
    <label className={styles.speed}>
      <span className="soft small">Speed</span>
      <select value={rate} onChange={(event) => playback.setRate(Number(event.target.value))}>
        {RATES.map((value) => (
          <option key={value} value={value}>
            {value} ×
          </option>
        ))}
      </select>
    </label>
  );
}

export function Clock({ listening: { playback, recording } }: { listening: Listening }) {
  const at = usePlaybackNow(playback, ({ atMs }) => placeOf(atMs));
  return (
    <p className={styles.clock}>
      {at} <span className="soft">of {placeOf(recording.duration_ms)}</span>
    </p>
  );
}

/** What sounds, and the way to its place in the report. Nobody is told by voice: they hear it. */
export function NowSounds({ listening, answers }: { listening: Listening; answers: ReportAnswer[] }) {
  const { playback, recording } = listening;
  const target = usePlaybackNow(playback, ({ atMs, standing }) => {
    const what = standing === 'idle' ? null : whatSounds(recording.moments, answers, atMs);
    return what && `${what.questionId} ${what.words}`;
  });
  if (target === null) return <p className={styles.now} />;
  const [questionId, ...words] = target.split(' ');
  return (
    <p className={styles.now}>
      <a href={`#answer-${questionId}`}>{sentence(words.join(' '))}</a>
    </p>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
