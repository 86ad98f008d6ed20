import { useState } from 'react';
import { messageOf } from '@/api/errors';
import { useResume } from '@/api/preparation';
import type { Resume } from '@/api/types';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { keepPreparation, loadPreparation, type Preparation, type Settings } from '@/lib/preparation';
import { useTitle } from '@/lib/use-title';
import { JobSection } from './job-section';
import styles from './prepare.module.css';
import { ResumeSection, type SectionProps } from './resume-section';
import { inWords, suggestedSettings } from './set-up-options';
import { SET_UP, SetUpSection } from './set-up-section';
import { useStart } from './use-start';

/** The review: both papers as read, then how the interview is to be. */
export function PreparePage() {
  useTitle('Before you go on');
  const [preparation, setPreparation] = useState(loadPreparation);
  const update = (changes: Partial<Preparation>) =>
    setPreparation((before) => {
      const after = before && { ...before, ...changes };
      keepPreparation(after);
      return after;
    });
  if (!preparation) return <NothingBrought />;
  return <Review preparation={preparation} update={update} />;
}

function Review({ preparation, update }: SectionProps) {
  const { data: resume } = useResume(preparation.resumeId);
  const settings = preparation.settings ?? suggestedSettings(preparation.job, resume);
  const set = (changes: Partial<Settings>) => update({ settings: { ...settings, ...changes } });
  const { start, errors } = useStart(preparation, settings);
  return (
    <div className={`page ${styles.page}`}>
      <header className={styles.intro}>
        <h1>Before you go on</h1>
        <p className="soft">
          This is what was read. Put right what is wrong; the questions are made from it. Changes are kept as
          you make them.
        </p>
      </header>
      <ResumeSection preparation={preparation} update={update} />
      <JobSection preparation={preparation} update={update} />
      <SetUpSection
        settings={settings}
        set={set}
        knowsTrade={knowsTrade(preparation, resume)}
        errors={errors}
        onSubmit={() => start.mutate()}
      />
      <div className={styles.start}>
        {start.isError && <Notice kind="bad">{messageOf(start.error)}</Notice>}
        <div className={styles.startRow}>
          <p className="soft small">{inWords(settings)}</p>
          <Button type="submit" form={SET_UP} look="lamp" large busy={start.isPending}>
            {start.isPending ? 'Setting the room' : 'Start the interview'}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Whether the papers show which work it is about; they do for all one knows until they are fetched. */
function knowsTrade({ job, resumeId }: Preparation, resume: Resume | undefined): boolean {
  if (job?.position || job?.competencies.length) return true;
  if (!resume) return resumeId !== null;
  return Boolean(resume.headline) || resume.experience.some(({ title }) => title);
}

function NothingBrought() {
  return (
    <div className="page narrow stack">
      <h1>Nothing to prepare yet</h1>
      <p>Bring a job description or a resume first. A sample will do for a look around.</p>
      <div className="row">
        <ButtonLink to="/" look="primary">
          Go to the start
        </ButtonLink>
      </div>
    </div>
  );
}
