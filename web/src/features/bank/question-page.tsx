import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { type Curated, useBankQuestion } from '@/api/bank';
import { ApiError } from '@/api/errors';
import { Button } from '@/components/button';
import { Select } from '@/components/field';
import { Skeleton } from '@/components/skeleton';
import { dateTime, day, words } from '@/lib/format';
import { useTitle } from '@/lib/use-title';
import styles from './bank.module.css';
import { driftInWords } from './bank-words';
import { inFigures } from './calibration-card';
import { Curators, Failed } from './curators';
import { QuestionForm } from './question-form';
import { QuestionParts } from './question-parts';
import { Retire } from './retire';
import { Versions } from './versions';

const inEnglish = new Intl.DisplayNames(['en'], { type: 'language' });

/** One question of the bank with everything that belongs to it. */
export function QuestionPage() {
  const { id = '' } = useParams();
  useTitle('Question of the bank');
  return (
    <div className={`page narrow ${styles.page}`}>
      <p className="small">
        <Link to="/bank">Question bank</Link>
      </p>
      <Curators>
        <One key={id} id={id} />
      </Curators>
    </div>
  );
}

function One({ id }: { id: string }) {
  const [language, setLanguage] = useState('en');
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState('');
  const one = useBankQuestion(id, language);
  if (one.isPending) return <Skeleton label="Fetching the question" lines={10} />;
  if (!one.data) {
    const gone = one.error instanceof ApiError && one.error.status === 404;
    return (
      <>
        <h1>{gone ? 'There is no such question' : 'The question does not come'}</h1>
        <Failed error={one.error} onAgain={() => void one.refetch()} />
      </>
    );
  }
  const curated = one.data;
  const done = (words: string) => {
    setEditing(false);
    setSaid(words);
  };
  if (editing) {
    return (
      <>
        <h1>Change the question</h1>
        <QuestionForm curated={curated} onDone={done} onCancel={() => setEditing(false)} />
      </>
    );
  }
  return (
    <>
      <Head curated={curated} />
      {curated.languages.length > 1 && (
        <Select label="Shown in" value={language} onChange={(event) => setLanguage(event.target.value)}>
          {curated.languages.map((code) => (
            <option key={code} value={code}>
              {inEnglish.of(code)}
            </option>
          ))}
        </Select>
      )}
      <div role="status">{said}</div>
      {curated.origin === 'own' && (
        <div className="row">
          <Button look="primary" onClick={() => setEditing(true)}>
            {curated.retired ? 'Change it and ask it again' : 'Change it'}
          </Button>
          <Retire curated={curated} onDone={setSaid} />
        </div>
      )}
      <div lang={language}>
        <QuestionParts question={curated.question} />
      </div>
      <Calibrated curated={curated} />
      {curated.origin === 'own' && <Versions id={id} onDone={setSaid} />}
    </>
  );
}

function Head({ curated }: { curated: Curated }) {
  const { question, role_title, competency_label, origin, version, retired, changed_at } = curated;
  const facts = [role_title, words(question.type), words(question.difficulty), competency_label];
  const state =
    origin === 'shipped'
      ? 'Ships with Greenroom and stays as it is.'
      : `Added here; version ${version}${changed_at ? ` of ${dateTime(changed_at)}` : ''}.`;
  return (
    <header className="stack">
      <h1 className={styles.question}>{question.text}</h1>
      <p className="soft">{facts.join(' · ')}</p>
      <p className="soft small">
        <code>{question.id}</code> · {state} {retired && 'Retired: it is asked no more. '}
        {curated.reviewed_on && `Read by a second person on ${day(curated.reviewed_on)}. `}
        {curated.source && `Taken from ${curated.source}. `}
        {curated.licence && `Licence: ${curated.licence}.`}
      </p>
    </header>
  );
}

function Calibrated({ curated: { calibration } }: { curated: Curated }) {
  return (
    <section className="stack" aria-labelledby="difficulty-heading">
      <h2 id="difficulty-heading">How hard it is</h2>
      {calibration ? (
        <>
          <p>{driftInWords(calibration)}</p>
          <p className="soft small">{inFigures(calibration)}</p>
        </>
      ) : (
        <p className="soft">
          Fewer than 30 people have answered it, or nothing was calibrated yet. It counts as hard as its
          author said.
        </p>
      )}
    </section>
  );
}
