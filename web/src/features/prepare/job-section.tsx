import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAbout } from '@/api/about';
import { ApiError, messageOf } from '@/api/errors';
import { parseJob } from '@/api/preparation';
import type { Job, Seniority } from '@/api/types';
import { Button } from '@/components/button';
import { Select, TextArea, TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { JobFindings } from './job-findings';
import { nameOf } from './language';
import styles from './prepare.module.css';
import type { SectionProps } from './resume-section';

const LEVELS: [Seniority, string][] = [
  ['junior', 'Junior'],
  ['mid', 'Mid'],
  ['senior', 'Senior'],
  ['lead', 'Lead'],
];

/** The posting as read, each finding beside its phrase; or a box to paste one. */
export function JobSection({ preparation, update }: SectionProps) {
  const { job, jobDescription } = preparation;
  const onRead = (text: string, read: Job) => update({ jobDescription: text, job: read });
  return (
    <section className={styles.sheet} aria-labelledby="job-heading">
      <div className={styles.heading}>
        <h2 id="job-heading">The job</h2>
        {job && (
          <Button look="quiet" onClick={() => update({ job: null })}>
            Take it out
          </Button>
        )}
      </div>
      {job ? (
        <>
          <Found job={job} onChange={(changed) => update({ job: changed })} />
          <details className={styles.fold}>
            <summary>The posting</summary>
            <Posting key={jobDescription} initial={jobDescription} onRead={onRead} again />
          </details>
        </>
      ) : (
        <>
          <p className="soft">
            Without a posting, the questions go by what your resume says you are. Without either, they are
            general ones.
          </p>
          <Posting initial={jobDescription} onRead={onRead} />
        </>
      )}
    </section>
  );
}

function Found({ job, onChange }: { job: Job; onChange: (job: Job) => void }) {
  return (
    <>
      {job.warnings.map((warning) => (
        <Notice key={warning.code} kind="doubt">
          <p>{warning.message}</p>
        </Notice>
      ))}
      {job.language && job.language !== 'en' && <OtherLanguage code={job.language} />}
      <div className={styles.pair}>
        <TextField
          label="Position"
          value={job.position ?? ''}
          maxLength={200}
          placeholder="Not found"
          onChange={(event) => onChange({ ...job, position: event.target.value || null })}
        />
        <Select
          label="Level"
          value={job.seniority ?? ''}
          onChange={(event) =>
            onChange({ ...job, seniority: (event.target.value || null) as Seniority | null })
          }
        >
          <option value="">Not said</option>
          {LEVELS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <JobFindings job={job} onChange={onChange} />
    </>
  );
}

type PostingProps = { initial: string; onRead: (text: string, job: Job) => void; again?: boolean };

function Posting({ initial, onRead, again = false }: PostingProps) {
  const [text, setText] = useState(initial);
  const [missing, setMissing] = useState(false);
  const read = useMutation({ mutationFn: parseJob, onSuccess: (job) => onRead(text.trim(), job) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(text.trim() === '');
    if (text.trim() !== '') read.mutate(text.trim());
  };
  const refused = read.error instanceof ApiError ? read.error.fields.job_description : undefined;
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <TextArea
        label="Job description"
        rows={8}
        maxLength={50_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={missing ? 'Paste the posting first.' : refused}
      />
      {read.isError && !refused && <Notice kind="bad">{messageOf(read.error)}</Notice>}
      <div className="row">
        <Button type="submit" busy={read.isPending}>
          {again ? 'Read it again' : 'Read the posting'}
        </Button>
        {again && <span className="soft small">Replaces what was found and corrected.</span>}
      </div>
    </form>
  );
}

function OtherLanguage({ code }: { code: string }) {
  const speaks = useAbout().data?.languages.includes(code) ?? false;
  return (
    <Notice>
      <p>
        {speaks
          ? `The posting is in another language (${nameOf(code)}). You can choose it for the interview below.`
          : 'The posting is not in English. The interview is: questions, answers and report.'}
      </p>
    </Notice>
  );
}
