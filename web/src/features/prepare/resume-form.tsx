import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { saveResume } from '@/api/preparation';
import type { Resume } from '@/api/types';
import { Chips } from '@/components/chips';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { useAutosave } from '@/lib/use-autosave';
import { ExperienceEditor } from './experience-editor';
import { OriginalFile } from './original-file';
import styles from './prepare.module.css';

const CONTACT = [
  ['name', 'Name'],
  ['headline', 'What you are'],
  ['email', 'E-mail'],
  ['phone', 'Phone'],
  ['location', 'Place'],
] as const;

/** The resume as read, each field open to correction; saved as it changes. */
export function ResumeForm({ initial }: { initial: Resume }) {
  const queries = useQueryClient();
  const [resume, setResume] = useState(initial);
  const { state, change } = useAutosave(saveResume);
  const set = (changes: Partial<Resume>) => {
    const next = { ...resume, ...changes };
    setResume(next);
    queries.setQueryData(['resume', resume.id], next);
    change(next);
  };
  return (
    <div className="stack">
      {resume.warnings.map((warning) => (
        <Notice key={warning.code + warning.message} kind="doubt">
          <p>{warning.message}</p>
        </Notice>
      ))}
      <div className={styles.pair}>
        {CONTACT.map(([key, label]) => (
          <TextField
            key={key}
            label={label}
            value={resume[key] ?? ''}
            maxLength={200}
            autoComplete="off"
            placeholder="Not found"
            onChange={(event) => set({ [key]: event.target.value || null })}
          />
        ))}
      </div>
      <Chips label="Skills" values={resume.skills} most={500} onChange={(skills) => set({ skills })} />
      <ExperienceEditor entries={resume.experience} onChange={(experience) => set({ experience })} />
      <details className={styles.fold}>
        <summary>The text as read{resume.file_name ? ` from ${resume.file_name}` : ''}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
        <section className={styles.asRead} tabIndex={0} aria-label="The text as read">
          {resume.text}
        </section>
      </details>
      <OriginalFile resume={resume} />
      <p className="soft small" role="status">
        {state === 'waiting' && 'Saving …'}
        {state === 'failed' && 'Not saved yet: the server cannot be reached. The next change tries again.'}
        {state === 'saved' && resume !== initial && 'Saved'}
      </p>
    </div>
  );
}
