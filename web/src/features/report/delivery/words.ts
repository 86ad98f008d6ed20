import type { DeliveryMoment, Measure } from '@/api/delivery';

type About = {
  label: string;
  /** What is counted, where the label alone does not say. */
  what?: string;
  /** How the number reads, with its unit. */
  says: (value: number) => string;
};

const one = (value: number) => String(Number(value.toFixed(value >= 20 ? 0 : 1)));
const percent = (value: number) => {
  const share = value * 100;
  return `${share < 1 ? Number(share.toPrecision(1)) : Math.round(share)} %`;
};
const seconds = (value: number) => `${one(value)} s`;
const decibels = (value: number) => `${Math.round(value)} dB`;
const perMinute = (value: number) => `${Math.round(value)} words a minute`;

const ABOUT: Record<Measure['key'], About> = {
  words_per_minute: { label: 'Pace', what: 'with your pauses', says: perMinute },
  articulation_words_per_minute: { label: 'Pace without pauses', says: perMinute },
  pauses_per_minute: {
    label: 'Pauses',
    says: (value) => `${one(value)} a minute`,
  },
  longest_pause_s: { label: 'Longest pause', what: 'within an answer', says: seconds },
  response_delay_s: { label: 'Before you begin', what: 'the middle one of all answers', says: seconds },
  pitch_spread_semitones: {
    label: 'Melody',
    what: 'how far your voice moves around its own middle',
    says: (value) => `${one(value)} semitones`,
  },
  loudness_spread_db: { label: 'Loud and soft', what: 'how far your loudness moves', says: decibels },
  talk_share: { label: 'Your share of the talk', says: percent },
  interruptions: {
    label: 'Spoken over the interviewer',
    says: (value) => ['Not once', 'Once'][Math.round(value)] ?? `${Math.round(value)} times`,
  },
  fillers_per_hundred_words: {
    label: '“Um” and “uh”',
    says: (value) => `${one(value)} in a hundred words`,
  },
  clipped_share: {
    label: 'Distorted sound',
    what: 'share of it that was too loud for the microphone',
    says: percent,
  },
  signal_to_noise_db: { label: 'Voice above the room', says: decibels },
};

const LEFT_OUT: Record<NonNullable<Measure['left_out']>, string> = {
  too_little_speech: 'there were less than ten seconds of your voice',
  too_noisy: 'the room was nearly as loud as your voice',
  too_much_lost: 'more than a fifth of the sound was lost on the way',
  auto_gain:
    'your browser may have turned the microphone up and down by itself; the sound check lets you switch that off',
  no_words: 'the engine that listened gave no words',
  fillers_not_kept: 'the engine that listened leaves them out, so they cannot be counted',
  nothing_to_measure: 'there was nothing to measure it on',
};

export const labelOf = ({ key }: Measure) => ABOUT[key].label;

export const whatOf = ({ key }: Measure) => ABOUT[key].what ?? null;

/** `142 words a minute`. */
export const valueInWords = ({ key }: Measure, value: number) => ABOUT[key].says(value);

/** Why a number is missing, as an end of a sentence. */
export const leftOutInWords = ({ left_out }: Measure) =>
  left_out ? LEFT_OUT[left_out] : 'it could not be measured';

/** `120 to 160`, `up to 5 s`, `20 dB or more`; null where no range is known. */
export function usualInWords(measure: Measure): string | null {
  const { low, high } = measure.norm;
  const says = (value: number) => valueInWords(measure, value);
  if (low != null && high != null) return `${one(low)} to ${says(high)}`;
  if (high != null) return `up to ${says(high)}`;
  if (low != null) return `${says(low)} or more`;
  return null;
}

/** Who says what is usual, with a full stop. */
export const sourceInWords = ({ norm }: Measure) => `${norm.source.replace(/\.$/, '')}.`;

const MOMENTS: Record<DeliveryMoment['kind'], string> = {
  long_pause: 'A long pause',
  interruption: 'Both spoke',
  rushed: 'Faster than your other answers',
  clipping: 'Too loud for the microphone',
};

export const momentInWords = (kind: DeliveryMoment['kind']) => MOMENTS[kind];
