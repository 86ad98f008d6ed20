import { useParams } from 'react-router';
import { useMe } from '@/api/account';
import { ApiError, messageOf } from '@/api/errors';
import { useReport } from '@/api/sessions';
import type { Report } from '@/api/types';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { Skeleton } from '@/components/skeleton';
import { dateTime, plural } from '@/lib/format';
import { useTitle } from '@/lib/use-title';
import { AnswerArticle } from './answer-article';
import { Areas } from './areas';
import { HowItSounded } from './delivery/how-it-sounded';
import { JobCoverage } from './job-coverage';
import { LastWords } from './last-words';
import { Levels } from './levels';
import { Listen } from './listen/listen';
import { ListeningProvider } from './listen/listening';
import { Notes } from './notes';
import styles from './report.module.css';
import { ReportActions } from './report-actions';
import { ReportHead } from './report-head';

/** What an interview showed. */
export function ReportPage() {
  const { id = '' } = useParams();
  const report = useReport(id);
  useTitle(report.data ? `Report: ${report.data.session.title}` : 'Report');
  if (report.isPending) {
    return (
      <div className="page">
        <Skeleton label="Fetching the report" lines={10} />
      </div>
    );
  }
  if (!report.data) return <Missing error={report.error} retry={() => void report.refetch()} />;
  return (
    <ListeningProvider report={report.data}>
      <Whole report={report.data} />
    </ListeningProvider>
  );
}

function Missing({ error, retry }: { error: Error | null; retry: () => void }) {
  const gone = error instanceof ApiError && [401, 404].includes(error.status);
  return (
    <div className="page narrow stack">
      <h1>{gone ? 'This report is not here' : 'The report does not come'}</h1>
      <Notice kind="bad">{messageOf(error)}</Notice>
      {gone && <p>It may have been deleted, or it belongs to somebody who is not signed in here.</p>}
      <div className="row">
        {error instanceof ApiError && error.status === 401 && <SignInAgain />}
        {!gone && <Button onClick={retry}>Try again</Button>}
        <ButtonLink to="/history">Your interviews</ButtonLink>
      </div>
    </div>
  );
}

function Whole({ report }: { report: Report }) {
  const { session, answers, pending_evaluations } = report;
  const given = answers.filter(({ response }) => response);
  const goesOn = session.status === 'active' || session.status === 'paused';
  return (
    <>
      <ReportHead report={report} />
      <div className={`page ${styles.page}`}>
        {goesOn && (
          <Notice>
            <p>This interview still goes on; the report covers what was answered so far.</p>
            <ButtonLink to={`/interview/${session.id}`}>Go back to the room</ButtonLink>
          </Notice>
        )}
        <div role="status">
          {pending_evaluations > 0 && (
            <Notice>
              {plural(pending_evaluations, 'answer is', 'answers are')} still being judged. This page fills in
              by itself.
            </Notice>
          )}
        </div>
        <KeepIt />
        {given.length === 0 && <NothingAnswered />}
        <Listen report={report} />
        {given.length > 0 && <Areas report={report} />}
        {given.length > 0 && <Levels abilities={report.abilities} />}
        <section className="stack" aria-labelledby="answers-heading">
          <h2 id="answers-heading">Question by question</h2>
          {answers.map((entry, at) => (
            <AnswerArticle key={entry.question.id} entry={entry} number={at + 1} session={session} />
          ))}
          {report.farewell && <LastWords farewell={report.farewell} language={session.language} />}
        </section>
        <HowItSounded session={session} />
        <Notes report={report} />
        <JobCoverage rows={report.job_coverage} />
        <ReportActions session={session} />
      </div>
    </>
  );
}

function NothingAnswered() {
  return (
    <div className="stack">
      <p>No answer was sent, so there is nothing to judge. That is no mark against you.</p>
      <div className="row">
        <ButtonLink to="/prepare" look="primary">
          Start again
        </ButtonLink>
      </div>
    </div>
  );
}

/** For a guest: when all this goes away, and how to keep it. */
function KeepIt() {
  const { data: me } = useMe();
  if (!me?.is_guest || !me.expires_at) return null;
  return (
    <Notice>
      <p>
        You are here as a guest: this report is deleted on {dateTime(me.expires_at)}, unless you make it yours
        with an account.
      </p>
      <ButtonLink to="/account">Keep it</ButtonLink>
    </Notice>
  );
}
