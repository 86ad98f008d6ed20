import { useQuery } from '@tanstack/react-query';
import { request } from './client';
import type { Competency, InterviewConfig, InterviewConfigInput, Job, Page, Resume, Session } from './types';

export const parseJob = (job_description: string) =>
  request<Job>('/api/configs/parse-job-desc', { method: 'POST', body: { job_description } });

export function uploadResume(source: File | string): Promise<Resume> {
  const body = new FormData();
  if (typeof source === 'string') body.set('text', source);
  else body.set('file', source);
  return request<Resume>('/api/resumes', { method: 'POST', body });
}

export const saveResume = ({ id, ...body }: Resume) =>
  request<Resume>(`/api/resumes/${id}`, { method: 'PUT', body });

/** Fetched once: from then on it is corrected here, and what the server has may be older. */
export function useResume(id: string | null) {
  return useQuery({
    queryKey: ['resume', id],
    queryFn: () => request<Resume>(`/api/resumes/${id}`),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useCompetencies() {
  return useQuery({
    queryKey: ['competencies'],
    queryFn: async () => (await request<Page<Competency>>('/api/competencies')).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Stores the set-up and begins an interview from it. */
export async function startInterview(
  input: InterviewConfigInput,
  channel: Session['channel'],
): Promise<Session> {
  const config = await request<InterviewConfig>('/api/configs', { method: 'POST', body: input });
  return request<Session>('/api/sessions', { method: 'POST', body: { config_id: config.id, channel } });
}
