import { ButtonLink } from '@/components/button';
import { useTitle } from '@/lib/use-title';

export function NotFoundPage() {
  useTitle('Not found');
  return (
    <div className="page narrow stack">
      <h1>There is no room behind this door</h1>
      <p>
        The address is wrong, or what was here has been deleted. Guest interviews are deleted after 24 hours.
      </p>
      <div className="row">
        <ButtonLink to="/" look="primary">
          Go to the start
        </ButtonLink>
        <ButtonLink to="/history">Your interviews</ButtonLink>
      </div>
    </div>
  );
}
