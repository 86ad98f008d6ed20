import type { Difficulty, InterviewType, Job, Personality } from '@/api/types';
import { keepStored, readStored } from './storage';

/** How the interview is to be; numbers are kept as typed, so that an empty box stays empty. */
export type Settings = {
  difficulty: Difficulty;
  types: InterviewType[];
  minutes: string;
  personality: Personality;
  /** Empty: the time decides. */
  questions: string;
  /** ISO 639-1; English where nothing was chosen. */
  language?: string;
  /** Written where nothing was chosen. */
  channel?: 'text' | 'voice';
};

/** What a person has brought so far, kept for this tab until the next one is brought. */
export type Preparation = {
  jobDescription: string;
  /** The posting as read, then as corrected; null when it was skipped. */
  job: Job | null;
  resumeId: string | null;
  /** Why the resume they gave could not be read; shown where it can be put right. */
  resumeProblem: string | null;
  /** Null until something was chosen. */
  settings: Settings | null;
};

const KEY = 'greenroom.preparation';

export function loadPreparation(): Preparation | null {
  try {
    return JSON.parse(readStored('sessionStorage', KEY) ?? 'null') as Preparation | null;
  } catch {
    return null;
  }
}

export function keepPreparation(preparation: Preparation | null) {
  keepStored('sessionStorage', KEY, preparation && JSON.stringify(preparation));
}
