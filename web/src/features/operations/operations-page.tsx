import { messageOf } from '@/api/errors';
import { useStatus } from '@/api/operations';
import { ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { AdministratorsPage, Failed } from './administrators-page';
import { Costs } from './costs';
import { GivenUp } from './given-up';
import { Needed } from './needed';
import { Queue } from './queue';
import { SpeechEngines } from './speech-engines';
import { System } from './system';
import { TurnTimes } from './turn-times';

/** How the server is doing, for administrators. */
export function OperationsPage() {
  return (
    <AdministratorsPage
      title="Operations"
      intro="How this server is doing. It is looked at again every ten seconds."
    >
      <div className="row">
        <ButtonLink to="/operations/audit">Audit log</ButtonLink>
        <ButtonLink to="/operations/retention">What is kept how long</ButtonLink>
      </div>
      <Operations />
    </AdministratorsPage>
  );
}

function Operations() {
  const status = useStatus();
  if (status.isPending) return <Skeleton label="Looking at the server" lines={10} />;
  if (!status.data) return <Failed error={status.error} onAgain={() => void status.refetch()} />;
  return (
    <>
      {status.isError && (
        <Notice kind="doubt">
          <p>{messageOf(status.error)} What you see is from before.</p>
        </Notice>
      )}
      <Needed dependencies={status.data.dependencies} />
      <Queue work={status.data.work} />
      <GivenUp />
      <Costs status={status.data} />
      <SpeechEngines engines={status.data.speech} />
      <TurnTimes />
      <System status={status.data} />
    </>
  );
}
