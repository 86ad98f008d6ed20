import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type Calibration, type Drift, isBusy, startCalibration, useCalibration, useDrift } from '@/api/bank';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime, percent, plural, words } from '@/lib/format';
import styles from './bank.module.css';
import { driftInWords, onScale } from './bank-words';
import { Failed } from './curators';

/** Where calibration stands, and what it found. */
export function CalibrationCard() {
  const standing = useCalibration();
  const queries = useQueryClient();
  const start = useMutation({ mutationFn: () => startCalibration(queries) });
  return (
    <section className={styles.sheet} aria-labelledby="calibration-heading">
      <h2 id="calibration-heading">What answers teach</h2>
      <p className="soft">
        Once a week the stored answers show how hard each question is that at least 30 people answered.
        Interviews use that from then on. Nothing of it leads back to a person.
      </p>
      {standing.isPending && <Skeleton label="Fetching where calibration stands" lines={3} />}
      {standing.isError && <Failed error={standing.error} onAgain={() => void standing.refetch()} />}
      {standing.data && (
        <>
          <Progress standing={standing.data} />
          <div className="row">
            <Button busy={start.isPending || isBusy(standing.data)} onClick={() => start.mutate()}>
              Calibrate now
            </Button>
          </div>
          {start.isError && <Notice kind="bad">{messageOf(start.error)}</Notice>}
          {standing.data.questions > 0 && <Drifted />}
        </>
      )}
    </section>
  );
}

function Progress({ standing }: { standing: Calibration }) {
  const { running, waiting, calibrated_at, questions, flagged } = standing;
  const reading = running?.interviews != null;
  return (
    <div role="status" className="stack">
      {running && (
        <p>
          {reading
            ? `Reading answers: ${plural(running.interviews ?? 0, 'interview')} so far.`
            : `Estimating: ${percent(running.share)}.`}{' '}
          <progress aria-label="Calibration" max={1} {...(reading ? {} : { value: running.share })} />
        </p>
      )}
      {waiting && !running && <p>It is queued and begins in a moment. You may leave this page.</p>}
      {!running && !waiting && !calibrated_at && (
        <p>No question has enough answers yet, or none were calibrated.</p>
      )}
      {!running && !waiting && calibrated_at && (
        <p>
          Last on {dateTime(calibrated_at)}: {plural(questions, 'question')} calibrated, {flagged} to look at.
        </p>
      )}
    </div>
  );
}

function Drifted() {
  const drift = useDrift();
  if (drift.isPending) return <Skeleton label="Fetching calibrated questions" lines={3} />;
  if (!drift.data) return <Failed error={drift.error} onAgain={() => void drift.refetch()} />;
  return (
    <ul className={styles.entries}>
      {drift.data.map((one) => (
        <DriftEntry key={one.question_id} one={one} />
      ))}
    </ul>
  );
}

function DriftEntry({ one }: { one: Drift }) {
  return (
    <li className={styles.entry}>
      {one.text ? (
        <Link to={`/bank/${encodeURIComponent(one.question_id)}`} className={styles.text}>
          {one.text}
        </Link>
      ) : (
        <p className={styles.text}>{one.question_id} (no longer in the bank)</p>
      )}
      <p className="small">
        {one.flagged && <strong>Look at it. </strong>}
        {driftInWords(one)}
      </p>
      <p className="soft small">{inFigures(one)}</p>
    </li>
  );
}

/** Difficulty with its standard error beside what the author's level stands for. */
export function inFigures({ difficulty, standard_error, authored, level, answers }: Drift): string {
  return `Difficulty ${onScale(difficulty)} ± ${standard_error.toFixed(2)} by ${plural(answers, 'answer')}; its author said ${words(level).toLowerCase()}, which stands for ${onScale(authored)}. 0 is the middle of those interviewed at the intermediate level.`;
}
