import type { Session, User } from '@/api/types';

const NOW = '2026-05-04T09:00:00Z';

export const GUEST: User = {
  id: '01990000-0000-7000-8000-000000000001',
  email: null,
  name: 'Guest',
  role: 'job_seeker',
  is_guest: true,
  expires_at: '2026-05-05T09:00:00Z',
  created_at: NOW,
  updated_at: NOW,
  alerts: [],
};

export const ROBIN: User = {
  ...GUEST,
  id: '01990000-0000-7000-8000-000000000002',
  email: 'robin@example.com',
  name: 'Robin Okafor',
  is_guest: false,
  expires_at: null,
};

/** An interview under way, one of five questions answered. */
export function session(id: string, changes: Partial<Session> = {}): Session {
  return {
    id,
    config_id: '01990000-0000-7000-8000-00000000000c',
    title: 'Backend Engineer',
    position: null,
    status: 'active',
    completion_reason: null,
    phase: 'experience',
    channel: 'text',
    difficulty: 'intermediate',
    interview_type: ['behavioral'],
    duration: 10,
    interviewer_personality: 'professional',
    language: 'en',
    rubric: { id: 'practice', version: 1 },
    progress: {
      asked: 2,
      answered: 1,
      planned: 5,
      planned_answered: 1,
      evaluated: 1,
      percent: 20,
      elapsed_ms: 60_000,
      remaining_ms: 540_000,
      total_ms: 600_000,
      phases: [],
      checklist: [],
    },
    current_question: null,
    overall_score: null,
    recorded_ms: null,
    last_seq: 3,
    started_at: NOW,
    ended_at: null,
    created_at: NOW,
    updated_at: NOW,
    ...changes,
  };
}
