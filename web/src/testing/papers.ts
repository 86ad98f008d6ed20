import type { Job, Resume } from '@/api/types';

const NOW = '2026-05-04T09:00:00Z';

/** A resume as read. */
export function resume(changes: Partial<Resume> = {}): Resume {
  return {
    id: 'resume-1',
    file_name: 'robin.pdf',
    original: null,
    text: 'Robin Okafor\nBackend Engineer',
    pages: 1,
    name: 'Robin Okafor',
    email: 'robin@example.com',
    phone: null,
    links: [],
    location: 'Bristol',
    headline: 'Backend Engineer',
    skills: ['Rust', 'SQL'],
    experience: [
      {
        title: 'Engineer',
        organization: 'Tidewater',
        start: '2021-03',
        end: null,
        highlights: ['Cut latency to 280 ms'],
      },
    ],
    education: [],
    certifications: [],
    languages: [],
    seniority: 'senior',
    known_skills: [],
    timeline: null,
    warnings: [],
    created_at: NOW,
    updated_at: NOW,
    ...changes,
  };
}

/** A posting as read. */
export function job(changes: Partial<Job> = {}): Job {
  return {
    position: 'Nurse',
    seniority: 'junior',
    employment: null,
    language: 'en',
    skills: [
      { name: 'Triage', kind: 'hard', required: true, evidence: 'Triage under pressure' },
      { name: 'First aid', kind: 'hard', required: false, evidence: 'Triage under pressure' },
    ],
    responsibilities: ['Care for patients'],
    competencies: [
      { key: 'empathy', label: 'Empathy', weight: 0.6, evidence: ['Listen to patients'] },
      {
        key: 'teamwork',
        label: 'Teamwork',
        weight: 0.4,
        evidence: ['A team of nine', 'Hand over with care'],
      },
    ],
    warnings: [],
    ...changes,
  };
}
