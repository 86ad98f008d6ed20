import { isRouteErrorResponse, useRouteError } from 'react-router';
import { ApiError, messageOf } from '@/api/errors';
import { Button, ButtonLink } from '@/components/button';
import { useTitle } from '@/lib/use-title';
import { NotFoundPage } from './not-found-page';

/** Shown in place of a page that broke. */
export function ErrorPage() {
  const error = useRouteError();
  useTitle('Something went wrong');
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  return (
    <div className="page narrow stack">
      <h1>The lights went out on this page</h1>
      <p>{messageOf(error)}</p>
      <p>
        Answers that were sent are safe on the server; a draft that you were writing is kept on this device.
      </p>
      {error instanceof ApiError && error.requestId && (
        <p className="soft small">
          If you ask for help, give this number: <code>{error.requestId}</code>
        </p>
      )}
      <div className="row">
        <Button look="primary" onClick={() => window.location.reload()}>
          Load the page again
        </Button>
        <ButtonLink to="/">Go to the start</ButtonLink>
      </div>
    </div>
  );
}
