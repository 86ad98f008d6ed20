import type { Difficulty, InterviewType, Job, Personality, Resume } from '@/api/types';
import type { Settings } from '@/lib/preparation';

type Option<T> = { value: T; label: string; detail: string };

export const DIFFICULTIES: Option<Difficulty>[] = [
  { value: 'beginner', label: 'First steps', detail: 'Basics, and what you would do' },
  { value: 'intermediate', label: 'Experienced', detail: 'What you have done, and why' },
  { value: 'advanced', label: 'Expert', detail: 'Trade-offs, scale, hard moments' },
];

export const TYPES: Option<InterviewType>[] = [
  { value: 'behavioral', label: 'Behavioral', detail: 'Tell me about a time …' },
  { value: 'technical', label: 'Technical', detail: 'The knowledge of the trade' },
  { value: 'case', label: 'Case', detail: 'A larger problem, thought through aloud' },
  { value: 'situational', label: 'Situational', detail: 'What would you do if …' },
];

export const PERSONALITIES: Option<Personality>[] = [
  {
    value: 'supportive',
    label: 'Supportive',
    detail: '“Take your time with every question; there is no rush.”',
  },
  { value: 'professional', label: 'Professional', detail: '“Thank you. Let us turn to your experience.”' },
  { value: 'challenging', label: 'Challenging', detail: '“I am not convinced yet. What makes you sure?”' },
  { value: 'direct', label: 'Direct', detail: '“Got it. Next.”' },
];

/** Levels of people, as levels of questions. */
const BY_SENIORITY = {
  junior: 'beginner',
  mid: 'intermediate',
  senior: 'advanced',
  lead: 'advanced',
} as const;

/** What fits the papers, until the person chooses. */
export function suggestedSettings(job: Job | null, resume: Resume | undefined): Settings {
  const seniority = job?.seniority ?? resume?.seniority;
  return {
    difficulty: seniority ? BY_SENIORITY[seniority] : 'intermediate',
    types: ['behavioral', 'technical'],
    minutes: '5',
    personality: 'professional',
    questions: '',
  };
}

/** The set-up in a line: `5 minutes · Expert · Professional`. */
export function inWords({ minutes, difficulty, personality }: Settings): string {
  const label = <T>(options: Option<T>[], value: T) =>
    options.find((option) => option.value === value)?.label;
  return [`${minutes} minutes`, label(DIFFICULTIES, difficulty), label(PERSONALITIES, personality)].join(
    ' · ',
  );
}
