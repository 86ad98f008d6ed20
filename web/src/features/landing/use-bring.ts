import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ensureSignedIn } from '@/api/account';
import { ApiError } from '@/api/errors';
import { parseJob, uploadResume } from '@/api/preparation';
import type { Resume } from '@/api/types';
import { keepPreparation } from '@/lib/preparation';

type Papers = { jobDescription: string; resume: File | string | null };

type ReadResume = { resume: Resume | null; problem: string | null };

/** A resume that cannot be read must not hold up the rest: it is put right on the next page. */
async function readResume(source: Papers['resume']): Promise<ReadResume> {
  if (source === null) return { resume: null, problem: null };
  try {
    return { resume: await uploadResume(source), problem: null };
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
      return { resume: null, problem: error.message };
    }
    throw error;
  }
}

/** Signs in quietly, has both papers read, and goes on to the review. */
export function useBring() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ jobDescription, resume }: Papers) => {
      await ensureSignedIn(queries);
      const [read, job] = await Promise.all([
        readResume(resume),
        jobDescription === '' ? null : parseJob(jobDescription),
      ]);
      if (read.resume) queries.setQueryData(['resume', read.resume.id], read.resume);
      keepPreparation({
        jobDescription,
        job,
        resumeId: read.resume?.id ?? null,
        resumeProblem: read.problem,
        settings: null,
      });
    },
    onSuccess: () => navigate('/prepare'),
  });
}
