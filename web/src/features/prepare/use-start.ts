import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ensureSignedIn } from '@/api/account';
import { ApiError } from '@/api/errors';
import { saveResume, startInterview } from '@/api/preparation';
import { historyKey, sessionKey } from '@/api/sessions';
import type { InterviewConfigInput, Resume } from '@/api/types';
import type { Preparation, Settings } from '@/lib/preparation';

/** The number typed, or null when it is not a whole one within the bounds. */
function whole(text: string, least: number, most: number): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

/** What the server would refuse, found before asking it; by the API's field names. */
export function problems({ types, minutes, questions }: Settings): Record<string, string> {
  const found: Record<string, string> = {};
  if (types.length === 0) found.interview_type = 'Choose at least one kind of question.';
  if (whole(minutes, 3, 120) === null) found.duration = 'Give a whole number of minutes from 3 to 120.';
  if (questions.trim() !== '' && whole(questions, 1, 40) === null) {
    found.question_count = 'Give a whole number from 1 to 40, or leave it empty.';
  }
  return found;
}

function inputOf({ job, jobDescription, resumeId }: Preparation, settings: Settings): InterviewConfigInput {
  const position = job?.position?.trim() || null;
  return {
    title: position ?? (job ? 'Interview for a job' : 'General interview'),
    job_description: job ? jobDescription : '',
    position,
    difficulty: settings.difficulty,
    interview_type: settings.types,
    duration: Number(settings.minutes),
    interviewer_personality: settings.personality,
    language: settings.language ?? null,
    question_count: settings.questions.trim() === '' ? null : Number(settings.questions),
    resume_id: resumeId,
    posting: job && {
      position,
      seniority: job.seniority ?? null,
      employment: job.employment ?? null,
      language: job.language ?? null,
      skills: job.skills,
      responsibilities: job.responsibilities,
      competencies: job.competencies.map(({ key, weight, evidence }) => ({ key, weight, evidence })),
      warnings: job.warnings,
    },
  };
}

/** Begins the interview and goes into the room; `errors` are by field. */
export function useStart(preparation: Preparation, settings: Settings) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: async () => {
      const found = problems(settings);
      if (Object.keys(found).length > 0)
        throw new ApiError(422, 'invalid', 'Some fields need a look.', found);
      await ensureSignedIn(queries);
      // The last correction may still be on its way; the questions are made from what the server has.
      const resume = queries.getQueryData<Resume>(['resume', preparation.resumeId]);
      if (resume) await saveResume(resume);
      return startInterview(inputOf(preparation, settings), settings.channel ?? 'text');
    },
    onSuccess: (session) => {
      queries.setQueryData(sessionKey(session.id), session);
      void queries.invalidateQueries({ queryKey: historyKey });
      void navigate(`/interview/${session.id}`);
    },
  });
  const errors: Record<string, string> = start.error instanceof ApiError ? start.error.fields : {};
  return { start, errors };
}
