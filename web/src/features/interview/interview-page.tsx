import { useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { ApiError, messageOf } from '@/api/errors';
import { useSession } from '@/api/sessions';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { Skeleton } from '@/components/skeleton';
import { useTitle } from '@/lib/use-title';
import { Room, type RoomProps } from './room';
import { isOver } from './room-log';

/** The room while the interview goes on; the report once it is over. */
export function InterviewPage() {
  const { id = '' } = useParams();
  const session = useSession(id);
  useTitle(session.data?.title ?? 'Interview');
  if (session.isPending) {
    return (
      <div className="page narrow">
        <Skeleton label="Opening the room" />
      </div>
    );
  }
  if (!session.data) {
    const gone = session.error instanceof ApiError && [401, 404].includes(session.error.status);
    return (
      <div className="page narrow stack">
        <h1>{gone ? 'This interview is not here' : 'The room does not open'}</h1>
        <Notice kind="bad">{messageOf(session.error)}</Notice>
        {gone && <p>It may have been deleted, or it belongs to somebody who is not signed in here.</p>}
        <div className="row">
          {session.error instanceof ApiError && session.error.status === 401 && <SignInAgain />}
          {!gone && <Button onClick={() => void session.refetch()}>Try again</Button>}
          <ButtonLink to="/history">Your interviews</ButtonLink>
          <ButtonLink to="/">Go to the start</ButtonLink>
        </div>
      </div>
    );
  }
  return <Door key={id} session={session.data} readAt={session.dataUpdatedAt} />;
}

/** Who comes when the interview is over is shown to the report; who was there sees how it ends. */
function Door({ session, readAt }: RoomProps) {
  const [isLate] = useState(() => isOver(session));
  return isLate ? (
    <Navigate to={`/report/${session.id}`} replace />
  ) : (
    <Room session={session} readAt={readAt} />
  );
}
