import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import { useMe } from '@/api/account';
import { request } from '@/api/client';
import { sayWhySignedOut } from '@/lib/signed-out';
import { SIGN_INS, serveAccount as serve } from '@/testing/account';
import { ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { AccountPage } from './account-page';
import { FallenNotice } from './fallen-notice';
import { SignedOutNotice } from './signed-out-notice';

const region = { name: 'Where you are signed in' };
const section = () => within(screen.getByRole('region', region));
const shown = async () => within(await screen.findByRole('region', region));

/** What stands above every page. */
function Notices() {
  const { data: me } = useMe();
  return (
    <>
      <SignedOutNotice />
      {me && <FallenNotice user={me} />}
      {me === null && <p>Nobody</p>}
    </>
  );
}
const FALLEN = {
  id: '01990000-0000-7000-8000-0000000000b1',
  device: 'Chrome on Windows',
  address: '198.51.100.x',
  signed_in_at: '2026-05-01T09:00:00Z',
  ended_at: '2026-05-03T09:00:00Z',
};

afterEach(() => sayWhySignedOut(null));

describe('where one is signed in', () => {
  it('says which devices, and which is this one', async () => {
    serve(ROBIN);
    renderPage(AccountPage, '/account');
    const entries = await (await shown()).findAllByRole('listitem');
    expect(entries.map((entry) => within(entry).getByRole('heading').textContent)).toEqual([
      'Firefox on Linux',
      'Safari on iPhone',
      'A device that did not say what it is',
    ]);
    expect(entries[0]).toHaveTextContent('This one · 203.0.113.x');
    expect(within(entries[0] as HTMLElement).queryByRole('button')).toBeNull();
    expect(entries[1]).toHaveTextContent(/Last used .*2026.* · 198.51.100.x/);
  });

  it('ends one, and fetches the list anew', async () => {
    const sent = serve(ROBIN);
    const { user } = renderPage(AccountPage, '/account');
    const end = await (await shown()).findByRole('button', { name: /^End Safari on iPhone/ });
    const left = SIGN_INS.filter(({ device }) => device !== 'Safari on iPhone');
    server.use(http.get('/api/users/me/sessions', () => HttpResponse.json({ items: left, next: null })));
    await user.click(end);
    await waitFor(() => expect(section().getByRole('status')).toHaveTextContent('Ended'));
    await waitFor(() => expect(end).not.toBeInTheDocument());
    expect(Object.keys(sent)).toEqual([`DELETE /api/users/me/sessions/${SIGN_INS[1]?.id}`]);
  });

  it('ends all others and says how many', async () => {
    serve(ROBIN);
    const { user } = renderPage(AccountPage, '/account');
    const end = await (await shown()).findByRole('button', { name: 'End all others' });
    server.use(
      http.get('/api/users/me/sessions', () =>
        HttpResponse.json({ items: SIGN_INS.slice(0, 1), next: null }),
      ),
    );
    await user.click(end);
    await waitFor(() => expect(section().getByRole('status')).toHaveTextContent('2 sign-ins ended'));
    await waitFor(() => expect(end).not.toBeInTheDocument());
  });

  it('says so when the list cannot be had, and when one could not be ended', async () => {
    serve(ROBIN);
    server.use(
      http.get('/api/users/me/sessions', () => refusal(503, 'storage_unavailable', 'It is away.'), {
        once: true,
      }),
      http.delete('/api/users/me/sessions/:id', () => refusal(503, 'storage_unavailable', 'Not now.')),
    );
    const { user } = renderPage(AccountPage, '/account');
    expect(await screen.findByText('It is away.')).toBeVisible();
    await user.click(section().getByRole('button', { name: 'Try again' }));
    await user.click(await (await shown()).findByRole('button', { name: /^End Safari/ }));
    expect(await (await shown()).findByText('Not now.')).toBeVisible();
  });
});

describe('what is told on every page', () => {
  it('is that a sign-in fell, until the person knows', async () => {
    const sent = serve({ ...ROBIN, alerts: [FALLEN] });
    const { user } = renderPage(Notices, '/');
    const notice = within(await screen.findByRole('region', { name: 'About your sign-ins' }));
    expect(notice.getByRole('listitem')).toHaveTextContent(/^Chrome on Windows, 198.51.100.x, signed in/);
    server.use(http.get('/api/users/me', () => HttpResponse.json(ROBIN)));
    await user.click(notice.getByRole('button', { name: 'I know' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'About your sign-ins' })).toBeNull());
    expect(Object.keys(sent)).toEqual([`DELETE /api/users/me/sessions/${FALLEN.id}`]);
  });

  it('is why one was signed out here', async () => {
    const why = 'You were signed out here because the password was changed on another device.';
    serve(null);
    server.use(http.post('/api/users/refresh', () => refusal(401, 'sign_in_ended', why)));
    const { user } = renderPage(Notices, '/');
    const notice = within(await screen.findByRole('region', { name: 'You were signed out' }));
    expect(notice.getByRole('status')).toHaveTextContent(why);
    expect(notice.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/login?next=%2F');
    await user.click(notice.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(why)).toBeNull();
  });

  it('is nothing when a sign-in only ran out', async () => {
    serve(null);
    await expect(request('/api/users/me')).rejects.toThrow('No.');
    renderPage(Notices, '/');
    expect(await screen.findByText('Nobody')).toBeVisible();
    expect(screen.queryByRole('region', { name: 'You were signed out' })).toBeNull();
  });
});
