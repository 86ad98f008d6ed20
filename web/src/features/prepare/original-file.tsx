import { useMutation } from '@tanstack/react-query';
import { messageOf } from '@/api/errors';
import type { Resume } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { download } from '@/lib/download';
import { bytes } from '@/lib/format';

/** The file that was uploaded, to be had back as it was. */
export function OriginalFile({ resume }: { resume: Resume }) {
  const name = resume.file_name ?? 'resume';
  const fetching = useMutation({ mutationFn: () => download(`/api/resumes/${resume.id}/original`, name) });
  if (!resume.original) return null;
  return (
    <>
      <div className="row">
        <Button busy={fetching.isPending} onClick={() => fetching.mutate()}>
          Download the original
        </Button>
        <span className="soft small">
          {name}, {bytes(resume.original.bytes)}, as you uploaded it
        </span>
      </div>
      {fetching.isError && <Notice kind="bad">{messageOf(fetching.error)}</Notice>}
    </>
  );
}
