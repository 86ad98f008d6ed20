import { ArrowRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { DropZone } from '@/components/drop-zone';
import { TextArea } from '@/components/field';
import { Lamps } from '@/components/lamps';
import { Notice } from '@/components/notice';
import { useTitle } from '@/lib/use-title';
import styles from './landing-page.module.css';
import { SAMPLE_JOB, SAMPLE_RESUME } from './sample';
import { useBring } from './use-bring';

const BULBS = 'abcdefghijkl'.split('').map((key) => ({ key, state: 'lit' as const }));

export function LandingPage() {
  useTitle('');
  return (
    <>
      <div className={styles.wall}>
        <div className={styles.stage}>
          <div className={styles.promise}>
            <h1 className={styles.headline}>The room where you wait before you go on.</h1>
            <p className={styles.lead}>
              Bring the job and your resume. An interviewer asks what that job would ask you, and afterwards
              shows you your own words: the ones that worked, and the ones to change.
            </p>
          </div>
          <Mirror />
        </div>
      </div>
      <Steps />
    </>
  );
}

/** The form, framed by the lamps of a dressing-room mirror. */
function Mirror() {
  const [jobDescription, setJobDescription] = useState('');
  const [resume, setResume] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const bring = useBring();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = jobDescription.trim();
    setMissing(text === '' && !resume);
    if (text !== '' || resume) bring.mutate({ jobDescription: text, resume });
  };
  const trySample = () => bring.mutate({ jobDescription: SAMPLE_JOB, resume: SAMPLE_RESUME });
  return (
    <div className={styles.mirror}>
      <div className={styles.bulbs}>
        <Lamps lamps={BULBS} />
      </div>
      <form className={styles.form} onSubmit={submit} aria-label="Start an interview" noValidate>
        <TextArea
          label="Paste the job description"
          rows={6}
          maxLength={50_000}
          value={jobDescription}
          onChange={(event) => setJobDescription(event.target.value)}
          error={missing ? 'Paste a job description or choose a resume, or try with a sample.' : null}
          placeholder="The whole posting: duties, requirements, all of it"
        />
        <DropZone file={resume} onChange={setResume} />
        {bring.isError && <Notice kind="bad">{messageOf(bring.error)}</Notice>}
        <div className={styles.actions}>
          <Button type="submit" look="primary" large busy={bring.isPending}>
            {bring.isPending ? 'Reading your papers' : 'Continue'}
            {!bring.isPending && <ArrowRight aria-hidden size={20} />}
          </Button>
          <Button look="quiet" large onClick={trySample} disabled={bring.isPending}>
            Try with a sample
          </Button>
        </div>
      </form>
    </div>
  );
}

const STEPS = [
  [
    'See what was read',
    'Your resume and the posting as we understood them, each beside the phrase it came from. Change anything.',
  ],
  [
    'Sit down and answer',
    'Five minutes or forty-five. Every question says why it is asked. Every answer is saved the moment you send it.',
  ],
  [
    'Read your own words back',
    'One thing to keep, one to fix, each with the words you used. What could not be judged says so.',
  ],
];

function Steps() {
  return (
    <section className={`page ${styles.steps}`} aria-label="What happens">
      {STEPS.map(([title, text]) => (
        <div key={title} className={styles.step}>
          <h2>{title}</h2>
          <p className="soft">{text}</p>
        </div>
      ))}
    </section>
  );
}
