import { HttpResponse, http } from 'msw';
import type { InterviewConfigInput, Outside, Resume } from '@/api/types';
import { keepPreparation, loadPreparation, type Preparation } from '@/lib/preparation';
import { serveConsents } from './consents';
import { job, resume } from './papers';
import { GUEST, session } from './people';
import { serveRetention } from './retention';
import { refusal, server } from './server';

/** What a guest has brought: a posting and a resume, unless told otherwise. */
export function bring(changes: Partial<Preparation> = {}) {
  keepPreparation({
    jobDescription: 'Nurse wanted',
    job: job(),
    resumeId: 'resume-1',
    resumeProblem: null,
    settings: null,
    ...changes,
  });
}

/** What is kept of it now, as after a reload. */
export function kept(): Preparation {
  const preparation = loadPreparation();
  if (!preparation) throw new Error('a preparation is kept');
  return preparation;
}

/** The server of the review. `resumes` and `configs` are what was saved, `calls` all changes in order. */
export function servePreparation(
  stored: Resume = resume(),
  outside: Outside[] = [],
  ownLanguages: string[] = ['en'],
) {
  const calls: string[] = [];
  const resumes: Resume[] = [stored];
  const configs: InterviewConfigInput[] = [];
  const competencies = [
    { key: 'empathy', label: 'Empathy', kind: 'core', description: '' },
    { key: 'teamwork', label: 'Teamwork', kind: 'core', description: '' },
    { key: 'ownership', label: 'Ownership', kind: 'core', description: '' },
  ];
  serveConsents();
  serveRetention();
  server.use(
    http.all('*', ({ request: { method, url } }) => {
      if (method !== 'GET') calls.push(`${method} ${new URL(url).pathname}`);
    }),
    http.get('/api/voice', () => refusal(404, 'not_found', 'There is nothing at this address.')),
    http.get('/api/users/me', () => HttpResponse.json(GUEST)),
    http.get('/api/about', () => {
      const languages = outside.some(({ purpose }) => purpose === 'interviewing')
        ? ['de', 'en', 'ja']
        : ownLanguages;
      return HttpResponse.json({ version: '0.1.0', outside, languages, sign_in: [] });
    }),
    http.get('/api/competencies', () => HttpResponse.json({ items: competencies, next: null })),
    http.get('/api/resumes/:id', () => HttpResponse.json(resumes.at(-1))),
    http.put('/api/resumes/:id', async ({ request }) => {
      resumes.push({ ...stored, ...((await request.json()) as Partial<Resume>) });
      return HttpResponse.json(resumes.at(-1));
    }),
    http.post('/api/configs', async ({ request }) => {
      configs.push((await request.json()) as InterviewConfigInput);
      return HttpResponse.json({ id: 'config-1' }, { status: 201 });
    }),
    http.post('/api/sessions', () => HttpResponse.json(session('one'), { status: 201 })),
  );
  return { calls, resumes, configs };
}
