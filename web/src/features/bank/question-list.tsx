import { useDeferredValue, useState } from 'react';
import { Link } from 'react-router';
import { type BankFilters, type Curated, useBank } from '@/api/bank';
import { messageOf } from '@/api/errors';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { plural, words } from '@/lib/format';
import styles from './bank.module.css';
import { driftInWords, NO_FILTERS } from './bank-words';
import { Failed } from './curators';
import { Filters } from './filters';

/** All questions, searched and filtered. */
export function QuestionList() {
  const [filters, setFilters] = useState(NO_FILTERS);
  const wanted = useDeferredValue(filters);
  return (
    <section className="stack" aria-labelledby="questions-heading">
      <div className={styles.heading}>
        <h2 id="questions-heading">Questions</h2>
        <ButtonLink to="/bank/new" look="primary">
          Add a question
        </ButtonLink>
      </div>
      <Filters filters={filters} onChange={setFilters} />
      <Found filters={wanted} onClear={() => setFilters(NO_FILTERS)} />
    </section>
  );
}

function Found({ filters, onClear }: { filters: BankFilters; onClear: () => void }) {
  const bank = useBank(filters);
  if (bank.isPending) return <Skeleton label="Fetching questions" lines={8} />;
  if (!bank.data) return <Failed error={bank.error} onAgain={() => void bank.refetch()} />;
  const found = bank.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <p className="soft" role="status">
        {found.length === 0
          ? 'No question fits.'
          : `${plural(found.length, 'question')}${bank.hasNextPage ? ', and more' : ''}.`}
      </p>
      {found.length === 0 && (
        <div className="row">
          <Button onClick={onClear}>Show all questions</Button>
        </div>
      )}
      <ul className={styles.entries}>
        {found.map((curated) => (
          <Entry key={curated.question.id} curated={curated} />
        ))}
      </ul>
      {bank.isFetchNextPageError && <Notice kind="bad">{messageOf(bank.error)}</Notice>}
      {bank.hasNextPage && (
        <div className="row">
          <Button busy={bank.isFetchingNextPage} onClick={() => void bank.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Entry({ curated }: { curated: Curated }) {
  const { question, role_title, competency_label, origin, version, retired, calibration } = curated;
  const facts = [role_title, words(question.type), words(question.difficulty), competency_label];
  return (
    <li className={styles.entry}>
      <Link to={`/bank/${encodeURIComponent(question.id)}`} className={styles.text}>
        {question.text}
      </Link>
      <p className="soft small">{facts.join(' · ')}</p>
      <p className="small">
        {retired ? 'Retired' : origin === 'own' ? `Added here, version ${version}` : 'Ships with Greenroom'}
        {calibration?.flagged && ` · ${driftInWords(calibration)}`}
      </p>
    </li>
  );
}
