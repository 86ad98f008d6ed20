import { HttpResponse, http } from 'msw';
import type { Criterion, Evaluation, Report, ReportAnswer, User } from '@/api/types';
import { BUILT_IN_INTERVIEWER, BUILT_IN_JUDGE } from './engines';
import { question, submission } from './interview';
import { ROBIN, session } from './people';
import { refusal, server } from './server';

const NOW = '2026-05-04T09:00:00Z';

/** A criterion judged by these words of the answer, at their offsets in Unicode scalar values. */
export function criterion(key: string, changes: Partial<Criterion> = {}): Criterion {
  return {
    key,
    label: key,
    weight: 1,
    status: 'assessed',
    score: 7,
    range: null,
    reason: `The reason for ${key}.`,
    cause: null,
    quotes: [],
    ...changes,
  };
}

export function evaluation(criteria: Criterion[], changes: Partial<Evaluation> = {}): Evaluation {
  return {
    id: 'evaluation-1',
    session_id: 'one',
    question_id: 'q1',
    response_id: 'r1',
    engine: BUILT_IN_JUDGE,
    rubric: { id: 'practice', version: 1 },
    criteria,
    key_points: [],
    overall: { score: 7, coverage: 1 },
    strengths: [],
    areas_for_improvement: [],
    created_at: NOW,
    ...changes,
  };
}

/** One question with its answer, or without one. */
export function entry(content: string | null, changes: Partial<ReportAnswer> = {}): ReportAnswer {
  return {
    question: question('q1', 'What did you lead?'),
    response: content === null ? null : submission('r1', 'q1', content),
    evaluation: null,
    feedback: null,
    reference: null,
    retries: [],
    ...changes,
  };
}

export function report(answers: ReportAnswer[], changes: Partial<Report> = {}): Report {
  return {
    session: session('one', { status: 'completed', completion_reason: 'finished' }),
    overall: { score: 6.66, coverage: 0.8 },
    keep: null,
    fix: null,
    phases: [{ phase: 'experience', score: 6.66, answered: 2, assessed: 1 }],
    competencies: [
      { key: 'ownership', label: 'Ownership', weight: 1, score: 6.66, assessed: 1 },
      { key: 'teamwork', label: 'Teamwork', weight: 1, score: null, assessed: 0 },
    ],
    abilities: [],
    job_coverage: [],
    answers,
    notes: [],
    farewell: null,
    engines: [BUILT_IN_INTERVIEWER, BUILT_IN_JUDGE],
    judges: [{ engine: BUILT_IN_JUDGE, ladder: null }],
    pending_evaluations: 0,
    generated_at: NOW,
    ...changes,
  };
}

/** The server of report one; `become` changes what it says from now on. */
export function serveReport(first: Report, me: User | null = ROBIN) {
  let now = first;
  server.use(
    http.get('/api/users/me', () => (me ? HttpResponse.json(me) : refusal(401, 'unauthenticated', 'No.'))),
    http.post('/api/users/refresh', () => refusal(401, 'unauthenticated', 'No.')),
    http.get('/api/sessions/one/report', () => HttpResponse.json(now)),
  );
  return {
    become: (next: Report) => {
      now = next;
    },
  };
}
