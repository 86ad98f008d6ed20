import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/api/errors';
import { type JudgeCheck, type JudgeChecks, startJudgeCheck, useJudgeChecks } from '@/api/models';
import { Button } from '@/components/button';
import { Select } from '@/components/field';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime, plural } from '@/lib/format';
import styles from './settings.module.css';

/** Questions of a quick trial. */
const QUICK = 8;

/** What each judge made of answers whose order is known. */
export function JudgeCheckCard() {
  const checks = useJudgeChecks();
  return (
    <section className={styles.sheet} aria-labelledby="judges-heading">
      <div className="stack">
        <h2 id="judges-heading">Judge check</h2>
        <p className="soft">
          Each judge marks answers whose order is known, the same words under other names, and answers that
          try to talk it round. Its last result stands on every report.
        </p>
      </div>
      {checks.isPending && <Skeleton label="Fetching the judges" lines={3} />}
      {checks.isError && (
        <Notice kind="bad">
          <p>{messageOf(checks.error)}</p>
          <Button onClick={() => void checks.refetch()}>Try again</Button>
        </Notice>
      )}
      {checks.data && <Judges checks={checks.data} />}
    </section>
  );
}

function Judges({ checks }: { checks: JudgeChecks }) {
  const queries = useQueryClient();
  const [quick, setQuick] = useState(true);
  const { items, running, questions, answers } = checks;
  const start = useMutation({
    mutationFn: (provider: string | null) => startJudgeCheck(queries, provider, quick ? QUICK : null),
  });
  const some = Math.round((answers / questions) * Math.min(QUICK, questions));
  return (
    <>
      <Select
        label="How many answers"
        hint="Each answer is a call to the model, and paid for."
        value={quick ? 'quick' : 'all'}
        onChange={(event) => setQuick(event.target.value === 'quick')}
      >
        <option value="quick">
          Quick: {QUICK} questions, about {some} answers
        </option>
        <option value="all">
          All {questions} questions, {answers} answers
        </option>
      </Select>
      {start.isError && <Notice kind="bad">{messageOf(start.error)}</Notice>}
      <ul className={styles.judges}>
        {items.map((judge) => {
          const mine = running && running.provider === judge.provider ? running : null;
          return (
            <li key={judge.provider ?? ''} className={styles.judge}>
              <h3>{judge.provider ? `${judge.provider}, ${judge.model}` : 'Built-in scorer'}</h3>
              <Button
                busy={mine !== null || start.isPending}
                aria-disabled={running != null}
                onClick={() => !running && start.mutate(judge.provider ?? null)}
              >
                Check<span className="visually-hidden"> {judge.provider ?? 'the built-in scorer'}</span>
              </Button>
              {mine ? (
                <div className={styles.whole}>
                  <progress
                    value={mine.done}
                    max={Math.max(mine.of, 1)}
                    aria-label="Answers that are judged"
                  />
                  <p className="small" role="status">
                    {mine.of === 0 ? 'Beginning.' : `${mine.done} of ${plural(mine.of, 'answer')} judged.`}
                  </p>
                </div>
              ) : (
                <Result judge={judge} />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Result({ judge: { ladder, failure } }: { judge: JudgeCheck }) {
  if (failure) {
    return (
      <p className={`${styles.whole} ${styles.verdict} ${styles.fail}`}>
        <CircleX aria-hidden size={18} />
        <span>{failure}</span>
      </p>
    );
  }
  if (!ladder) return <p className={`small soft ${styles.whole}`}>Not checked yet.</p>;
  const { passed, words, at } = ladder;
  return (
    <p className={`${styles.whole} ${styles.verdict} ${passed ? styles.pass : styles.fail}`}>
      {passed ? <CircleCheck aria-hidden size={18} /> : <CircleX aria-hidden size={18} />}
      <span>
        <strong>{passed ? 'Pass' : 'Fail'}:</strong> {words}. <span className="soft">{dateTime(at)}</span>
      </span>
    </p>
  );
}
