import type { InterviewEvent, Question, Session, Submission } from '@/api/types';
import { BUILT_IN_INTERVIEWER } from './engines';

const NOW = '2026-05-04T09:00:00Z';

export function question(id: string, content: string, changes: Partial<Question> = {}): Question {
  return {
    id,
    session_id: 'one',
    lead_in: null,
    content,
    category: 'behavioral',
    phase: 'experience',
    difficulty: 'intermediate',
    competency: 'ownership',
    competency_label: 'Ownership',
    tags: [],
    is_follow_up: false,
    parent_question_id: null,
    order: 1,
    minutes: 2,
    grounding: [],
    engine: BUILT_IN_INTERVIEWER,
    asked_at: NOW,
    ...changes,
  };
}

export function submission(id: string, question_id: string, content: string): Submission {
  return {
    id,
    session_id: 'one',
    question_id,
    content,
    attempt: 1,
    spoken: null,
    misheard: null,
    created_at: NOW,
  };
}

export function asked(seq: number, it: Question): InterviewEvent {
  return { seq, at: NOW, kind: 'question_asked', data: { question: it } };
}

export function received(seq: number, response: Submission): InterviewEvent {
  return { seq, at: NOW, kind: 'answer_received', data: { response } };
}

export function completed(
  seq: number,
  reason: NonNullable<Session['completion_reason']>,
  farewell: string | null = null,
): InterviewEvent {
  return { seq, at: NOW, kind: 'completed', data: { reason, farewell } };
}
