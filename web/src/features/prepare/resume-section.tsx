import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { messageOf } from '@/api/errors';
import { uploadResume, useResume } from '@/api/preparation';
import { Button } from '@/components/button';
import { DropZone } from '@/components/drop-zone';
import { TextArea } from '@/components/field';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import type { Preparation } from '@/lib/preparation';
import styles from './prepare.module.css';
import { ResumeForm } from './resume-form';

export type SectionProps = {
  preparation: Preparation;
  update: (changes: Partial<Preparation>) => void;
};

/** The resume as read; or a way to bring one. */
export function ResumeSection({ preparation, update }: SectionProps) {
  const { resumeId, resumeProblem } = preparation;
  const [takenOut, setTakenOut] = useState<string | null>(null);
  const takeOut = () => {
    setTakenOut(resumeId);
    update({ resumeId: null });
  };
  return (
    <section className={styles.sheet} aria-labelledby="resume-heading">
      <div className={styles.heading}>
        <h2 id="resume-heading">Your resume</h2>
        {resumeId && (
          <Button look="quiet" onClick={takeOut}>
            Take it out
          </Button>
        )}
      </div>
      {resumeId ? (
        <AsRead key={resumeId} id={resumeId} />
      ) : (
        <>
          {resumeProblem && (
            <Notice kind="bad">
              <p>{resumeProblem}</p>
              <p>Choose another file, or paste the text. You can also go on without a resume.</p>
            </Notice>
          )}
          {takenOut && (
            <Notice>
              <p>The resume will not be used.</p>
              <Button onClick={() => update({ resumeId: takenOut })}>Use it after all</Button>
            </Notice>
          )}
          <Bring onRead={(id) => update({ resumeId: id, resumeProblem: null })} />
        </>
      )}
    </section>
  );
}

function AsRead({ id }: { id: string }) {
  const resume = useResume(id);
  if (resume.isPending) return <Skeleton label="Fetching the resume" lines={8} />;
  if (resume.isError) {
    return (
      <Notice kind="bad">
        <p>{messageOf(resume.error)}</p>
        <Button onClick={() => void resume.refetch()}>Try again</Button>
      </Notice>
    );
  }
  return <ResumeForm initial={resume.data} />;
}

function Bring({ onRead }: { onRead: (id: string) => void }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const read = useMutation({
    mutationFn: (source: File | string) => uploadResume(source),
    onSuccess: (resume) => {
      queries.setQueryData(['resume', resume.id], resume);
      onRead(resume.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const source = file ?? text.trim();
    setMissing(source === '');
    if (source !== '') read.mutate(source);
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="soft">Questions can then start from what you did. It works without one, too.</p>
      <DropZone file={file} onChange={setFile} />
      {!file && (
        <TextArea
          label="Or paste its text"
          rows={5}
          value={text}
          maxLength={200_000}
          onChange={(event) => setText(event.target.value)}
          error={missing ? 'Choose a file or paste the text of your resume.' : null}
        />
      )}
      {read.isError && <Notice kind="bad">{messageOf(read.error)}</Notice>}
      <div className="row">
        <Button type="submit" busy={read.isPending}>
          Read the resume
        </Button>
      </div>
    </form>
  );
}
