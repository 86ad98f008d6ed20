import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { Session } from '@/api/types';
import { GUEST, ROBIN, session } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { HistoryPage } from './history-page';

function serve(sessions: Session[], me = ROBIN) {
  const kept = new Map(sessions.map((one) => [one.id, one]));
  server.use(
    http.get('/api/users/me', () => HttpResponse.json(me)),
    http.get('/api/sessions', () => HttpResponse.json({ items: [...kept.values()], next: null })),
    http.delete('/api/sessions/:id', ({ params }) => {
      const known = kept.delete(String(params.id));
      return new HttpResponse(null, { status: known ? 204 : 404 });
    }),
  );
  return kept;
}

it('goes on with what is open and opens the report of what is over', async () => {
  serve([
    session('one', { position: 'Nurse', status: 'paused', channel: 'voice' }),
    session('two', { status: 'completed', completion_reason: 'time_up', overall_score: 7.25 }),
    session('three', { title: 'Accountant', status: 'abandoned', channel: 'voice', recorded_ms: 60_000 }),
  ]);
  renderPage(HistoryPage, '/history');
  const [paused, done, left] = await screen.findAllByRole('listitem');
  if (!paused || !done || !left) throw new Error('three interviews are listed');

  expect(within(paused).getByText('Paused')).toBeVisible();
  expect(within(paused).getByRole('link', { name: /^Go on with Nurse/ })).toHaveAttribute(
    'href',
    '/interview/one',
  );
  expect(paused).toHaveTextContent(/Spoken/);
  expect(done).not.toHaveTextContent(/Spoken/);
  expect(left).toHaveTextContent('Spoken, recorded');
  expect(paused).not.toHaveTextContent('recorded');
  expect(within(done).getByText('7.3')).toBeVisible();
  expect(within(done).getByText('Time was up')).toBeVisible();
  expect(within(done).getByRole('link', { name: 'Backend Engineer' })).toHaveAttribute('href', '/report/two');
  expect(within(done).queryByRole('link', { name: /Go on/ })).toBeNull();
  expect(within(left).getByText('Not assessed')).toBeVisible();
  expect(within(left).getByRole('link', { name: 'Accountant' })).toHaveAttribute('href', '/report/three');
});

it('deletes after asking, and says so', async () => {
  const kept = serve([session('one', { title: 'Nurse' }), session('two', { title: 'Accountant' })]);
  const { user } = renderPage(HistoryPage, '/history');

  await user.click(await screen.findByRole('button', { name: /^Delete Nurse/ }));
  const dialog = screen.getByRole('dialog', { name: 'Delete this interview?' });
  expect(dialog).toHaveTextContent(/answers, judgements and the report of “Nurse”/);
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(kept.size).toBe(2);

  await user.click(screen.getByRole('button', { name: /^Delete Nurse/ }));
  await user.click(screen.getByRole('button', { name: 'Delete it' }));
  await waitFor(() =>
    expect(screen.getByRole('status')).toHaveTextContent('“Nurse” is deleted. 1 interview.'),
  );
  expect([...kept.keys()]).toEqual(['two']);
  expect(screen.queryByRole('link', { name: 'Nurse' })).toBeNull();
  expect(screen.getByRole('heading', { level: 1 })).toHaveFocus();
});

it('takes an interview that is already gone for deleted', async () => {
  const kept = serve([session('one', { title: 'Nurse' })]);
  const { user } = renderPage(HistoryPage, '/history');
  await user.click(await screen.findByRole('button', { name: /^Delete Nurse/ }));
  kept.clear();
  await user.click(screen.getByRole('button', { name: 'Delete it' }));
  expect(await screen.findByText(/None yet/)).toBeVisible();
});

it('keeps the dialog open and says why when deleting fails', async () => {
  serve([session('one', { title: 'Nurse' })]);
  server.use(
    http.delete('/api/sessions/one', () =>
      HttpResponse.json({ error: 'storage_unavailable', message: 'The storage is away.' }, { status: 503 }),
    ),
  );
  const { user } = renderPage(HistoryPage, '/history');
  await user.click(await screen.findByRole('button', { name: /^Delete Nurse/ }));
  await user.click(screen.getByRole('button', { name: 'Delete it' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The storage is away.');
  expect(screen.getByRole('link', { name: 'Nurse' })).toBeInTheDocument();
});

it('fetches the next page when asked', async () => {
  server.use(
    http.get('/api/users/me', () => HttpResponse.json(ROBIN)),
    http.get('/api/sessions', ({ request }) => {
      const after = new URL(request.url).searchParams.get('after');
      return after === 'mark'
        ? HttpResponse.json({ items: [session('two', { title: 'Accountant' })], next: null })
        : HttpResponse.json({ items: [session('one', { title: 'Nurse' })], next: 'mark' });
    }),
  );
  const { user } = renderPage(HistoryPage, '/history');
  await user.click(await screen.findByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('link', { name: 'Accountant' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Nurse' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

it('offers the ways on when nobody is signed in', async () => {
  const refused = () => HttpResponse.json({ error: 'unauthenticated', message: 'Sign in.' }, { status: 401 });
  server.use(http.get('/api/users/me', refused), http.post('/api/users/refresh', refused));
  renderPage(HistoryPage, '/history');
  expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute(
    'href',
    '/login?next=/history',
  );
  expect(screen.getByRole('link', { name: 'Start as a guest' })).toHaveAttribute('href', '/');
});

it('tries again after the server was away', async () => {
  let away = true;
  server.use(
    http.get('/api/users/me', () => (away ? HttpResponse.error() : HttpResponse.json(GUEST))),
    http.get('/api/sessions', () => HttpResponse.json({ items: [session('one')], next: null })),
  );
  const { user } = renderPage(HistoryPage, '/history');
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  away = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Backend Engineer' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Keep it' })).toHaveAttribute('href', '/account');
});
