import type { KeyboardEvent } from 'react';
import type { Recording } from '@/api/recording';
import type { ReportAnswer } from '@/api/types';
import { placeOf } from '@/lib/format';
import styles from './listen.module.css';
import { type Listening, usePlaybackNow } from './listening';
import { entryOf, soundingAt } from './places';

/** A step by an arrow key, ms. */
const STEP_MS = 5_000;
/** Of the lane, for silence: a line that shows where nothing was said. */
const LEAST = 0.03;
/** Speech is quiet beside its peaks; so is it drawn as the ear takes it. */
const EAR = 0.65;
/** Numbers of questions that are nearer than this share of the width would overlap. */
const APART = 0.045;

type Props = { listening: Listening; answers: ReportAnswer[] };

/**
 * Both sides over time: the interviewer above, on the wall, the person below, on the sheet. On it lies the browser's
 * own slider, whose thumb is the place that sounds.
 */
export function Waveform({ listening, answers }: Props) {
  const { recording, playback } = listening;
  const atMs = usePlaybackNow(playback, (now) => Math.round(now.atMs));
  const share = recording.duration_ms > 0 ? atMs / recording.duration_ms : 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP_MS, ArrowDown: -STEP_MS, ArrowRight: STEP_MS, ArrowUp: STEP_MS }[
      event.key
    ];
    const to = step === undefined ? pageOf(event.key, recording, atMs) : atMs + step;
    if (to === null) return;
    event.preventDefault();
    playback.seek(to);
  };
  return (
    <div className={styles.tape} ref={(node) => node?.style.setProperty('--at', `${share * 100}%`)}>
      <div className={styles.numbers} aria-hidden>
        {numbersOf(recording, answers).map(({ number, left }) => (
          <span key={number} ref={(node) => node?.style.setProperty('--left', `${left * 100}%`)}>
            {number}
          </span>
        ))}
      </div>
      <Lanes recording={recording} />
      <input
        type="range"
        className={styles.seek}
        aria-label="Place in the recording"
        aria-valuetext={inWords(recording, answers, atMs)}
        min={0}
        max={Math.max(1, recording.duration_ms)}
        step={100}
        value={atMs}
        onChange={(event) => playback.seek(Number(event.target.value))}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** The question before or after, by Page Up and Page Down. */
function pageOf(key: string, { moments }: Recording, atMs: number): number | null {
  const questions = moments.filter(({ kind }) => kind === 'question').map(({ from_ms }) => from_ms);
  if (key === 'PageDown') return questions.find((from) => from > atMs) ?? null;
  // At its very beginning the one before is meant.
  if (key === 'PageUp') return questions.findLast((from) => from < atMs - 1_000) ?? 0;
  return null;
}

/** For those who hear the slider: `1:05 of 12:30, your answer to question 2`. */
function inWords({ moments, duration_ms }: Recording, answers: ReportAnswer[], atMs: number): string {
  const time = `${placeOf(atMs)} of ${placeOf(duration_ms)}`;
  const what = whatSounds(moments, answers, atMs);
  return what ? `${time}, ${what.words}` : time;
}

/** What sounds at a time in words, and the entry of the report that it is of. */
export function whatSounds(moments: Recording['moments'], answers: ReportAnswer[], atMs: number) {
  const moment = soundingAt(moments, atMs);
  const entry = moment && entryOf(answers, moment);
  const questionId = entry === null ? undefined : answers[entry]?.question.id;
  if (moment === null || entry === null || questionId === undefined) return null;
  const words = moment.kind === 'question' ? `question ${entry + 1}` : `your answer to question ${entry + 1}`;
  return { words, questionId };
}

function numbersOf({ moments, duration_ms }: Recording, answers: ReportAnswer[]) {
  const numbers: { number: number; left: number }[] = [];
  for (const moment of moments) {
    const entry = moment.kind === 'question' ? entryOf(answers, moment) : null;
    const left = moment.from_ms / Math.max(1, duration_ms);
    const last = numbers.at(-1);
    if (entry === null || numbers.some(({ number }) => number === entry + 1)) continue;
    if (last && left - last.left < APART) continue;
    numbers.push({ number: entry + 1, left });
  }
  return numbers;
}

function Lanes({ recording: { interviewer, candidate } }: { recording: Recording }) {
  const loudest = Math.max(1, ...interviewer, ...candidate);
  const above = barsOf(interviewer, loudest, -1);
  const below = barsOf(candidate, loudest, 1);
  const width = Math.max(1, interviewer.length, candidate.length);
  return (
    <>
      {['still', 'played'].map((layer) => (
        <svg
          key={layer}
          className={styles[layer]}
          viewBox={`0 -1 ${width} 2`}
          preserveAspectRatio="none"
          aria-hidden
        >
          <path className={styles.interviewer} d={above} />
          <path className={styles.candidate} d={below} />
        </svg>
      ))}
    </>
  );
}

/** A bar for each height, up (-1) or down (1) from the middle. */
function barsOf(heights: number[], loudest: number, way: -1 | 1): string {
  return heights
    .map((height, at) => {
      const tall = way * Math.max(LEAST, (height / loudest) ** EAR * 0.94);
      return `M${at + 0.15} 0h.7v${tall.toFixed(3)}h-.7z`;
    })
    .join('');
}
