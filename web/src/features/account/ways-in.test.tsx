import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { WaysIn } from '@/api/types';
import { serveAccount as serve } from '@/testing/account';
import { GUEST, ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { AccountPage } from './account-page';

const PROVIDERS = [
  { name: 'google', label: 'Google' },
  { name: 'work', label: 'Work' },
];

const BY_WORK: WaysIn = {
  has_password: false,
  linked: [
    {
      provider: 'work',
      label: 'Work',
      email: 'robin@work.example',
      linked_at: ROBIN.created_at,
      last_used_at: ROBIN.created_at,
    },
  ],
};

it('shows which providers lead in, and links those that do not yet', async () => {
  serve(ROBIN, PROVIDERS, BY_WORK);
  renderPage(AccountPage, '/account');
  const section = await screen.findByRole('region', { name: 'Ways to sign in' });
  await waitFor(() => expect(section).toHaveTextContent('Work as robin@work.example'));
  const link = screen.getByRole('link', { name: 'Link Google' });
  expect(link).toHaveAttribute('href', '/api/oauth/google/start?next=%2Faccount&link=true');
  expect(screen.queryByRole('link', { name: 'Link Work' })).toBeNull();
});

it('says nothing of providers where there are none', async () => {
  serve(ROBIN);
  renderPage(AccountPage, '/account');
  expect(await screen.findByRole('heading', { name: 'Password' })).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Ways to sign in' })).toBeNull();
});

it('keeps the last way in, and says why', async () => {
  serve(ROBIN, PROVIDERS, BY_WORK);
  const words = 'This is the only way into your account.';
  server.use(http.delete('/api/users/me/identities/work', () => refusal(409, 'oauth_last_way_in', words)));
  const { user } = renderPage(AccountPage, '/account');
  await user.click(await screen.findByRole('button', { name: 'Unlink Work' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(words);
});

it('unlinks, and looks again', async () => {
  let ways = { ...BY_WORK, has_password: true };
  serve(ROBIN, PROVIDERS);
  server.use(
    http.get('/api/users/me/identities', () => HttpResponse.json(ways)),
    http.delete('/api/users/me/identities/work', () => {
      ways = { has_password: true, linked: [] };
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderPage(AccountPage, '/account');
  await user.click(await screen.findByRole('button', { name: 'Unlink Work' }));
  expect(await screen.findByRole('link', { name: 'Link Work' })).toBeVisible();
});

it('lets who came by a provider set a first password, without asking for one', async () => {
  const sent = serve(ROBIN, PROVIDERS, BY_WORK);
  const { user } = renderPage(AccountPage, '/account');
  const field = await screen.findByLabelText('New password');
  expect(screen.queryByLabelText('Current password')).toBeNull();
  await user.type(field, 'short');
  await user.click(screen.getByRole('button', { name: 'Set the password' }));
  expect(field).toHaveAccessibleDescription(/Use at least 8 characters\./);
  await user.type(field, ' and then longer');
  await user.click(screen.getByRole('button', { name: 'Set the password' }));
  await waitFor(() => expect(sent['PUT /api/users/me']).toEqual({ new_password: 'short and then longer' }));
});

it('offers providers to a guest, whose things come along', async () => {
  serve(GUEST, PROVIDERS);
  renderPage(AccountPage, '/account?oauth_error=oauth_provider_down');
  const link = await screen.findByRole('link', { name: 'Continue with Google' });
  expect(link).toHaveAttribute('href', '/api/oauth/google/start?next=%2Fhistory&texts=1');
  expect(screen.getByRole('alert')).toHaveTextContent('The provider does not answer right now.');
});
