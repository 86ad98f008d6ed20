import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { keepDraft, readDraft } from '@/lib/drafts';
import { PROFILE, serveAccount as serve } from '@/testing/account';
import { ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { AccountPage } from './account-page';

const form = (name: string) => within(screen.getByRole('form', { name }));

it('saves another name without asking for the password', async () => {
  const sent = serve(ROBIN);
  const { user } = renderPage(AccountPage, '/account');
  const name = await screen.findByLabelText('Name');
  await user.clear(name);
  await user.type(name, ' Robin O. ');
  expect(screen.queryByLabelText('Your password')).toBeNull();
  await user.click(form('Who you are').getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(form('Who you are').getByRole('status')).toHaveTextContent('Saved'));
  expect(sent).toEqual({ 'PUT /api/users/me': { name: ' Robin O. ' } });
  await user.type(name, 'x');
  expect(form('Who you are').getByRole('status')).toBeEmptyDOMElement();
});

it('asks for the password before the address changes, and says when it is wrong', async () => {
  const sent = serve(ROBIN);
  const wrong = { current_password: 'This is not your password.' };
  server.use(http.put('/api/users/me', () => refusal(422, 'invalid', 'A field.', wrong), { once: true }));
  const { user } = renderPage(AccountPage, '/account');
  const email = await screen.findByLabelText('E-mail');
  await user.clear(email);
  await user.type(email, 'new@example.com');
  const password = screen.getByLabelText('Your password');
  await user.type(password, 'a quiet green door');
  const again = screen.getByLabelText('The new e-mail once more');
  await user.type(again, 'now@example.com');
  const save = form('Who you are').getByRole('button', { name: 'Save' });
  await user.click(save);
  expect(again).toHaveAccessibleDescription(/not the same address/);
  expect(sent).toEqual({});
  await user.clear(again);
  await user.type(again, 'new@example.com');
  await user.click(save);
  await waitFor(() => expect(password).toHaveAccessibleDescription(/not your password/));
  await user.click(save);
  await waitFor(() => expect(screen.queryByLabelText('Your password')).toBeNull());
  expect(sent['PUT /api/users/me']).toEqual({
    name: 'Robin Okafor',
    email: 'new@example.com',
    current_password: 'a quiet green door',
  });
  expect(email).toHaveValue('new@example.com');
});

it('changes the password, and stays signed in here', async () => {
  const sent = serve(ROBIN);
  const { user } = renderPage(AccountPage, '/account');
  await user.type(await screen.findByLabelText('Current password'), 'a quiet green door');
  await user.type(screen.getByLabelText('New password'), 'short');
  const change = screen.getByRole('button', { name: 'Change the password' });
  await user.click(change);
  expect(screen.getByLabelText('New password')).toHaveAccessibleDescription(/Use at least 8/);
  expect(sent).toEqual({});

  await user.type(screen.getByLabelText('New password'), ' but not for long');
  await user.click(change);
  expect(await screen.findByText('Changed')).toBeVisible();
  expect(sent).toEqual({
    'PUT /api/users/me': {
      current_password: 'a quiet green door',
      new_password: 'short but not for long',
    },
  });
  expect(screen.getByLabelText('Current password')).toHaveValue('');
});

it('saves what the person practises for', async () => {
  const sent = serve(ROBIN);
  const { user } = renderPage(AccountPage, '/account');
  await user.click(await screen.findByRole('button', { name: 'Remove Rust' }));
  await user.type(screen.getByLabelText('Skills'), 'SQL, Go{Enter}');
  await user.click(screen.getByRole('radio', { name: /^Expert/ }));
  await user.click(screen.getByRole('radio', { name: /^Detailed/ }));
  const section = within(screen.getByRole('region', { name: 'What you practise for' }));
  await user.click(section.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(section.getByRole('status')).toHaveTextContent('Saved'));
  expect(sent['PUT /api/users/me/profile']).toEqual({
    ...PROFILE,
    skills: ['SQL', 'Go'],
    experience_level: 'advanced',
    preferred_feedback_style: 'detailed',
  });
});

it('signs out, and leaves nothing of the person on this device', async () => {
  const sent = serve(ROBIN);
  keepDraft('q1', 'I led');
  const { user, address, queries } = renderPage(AccountPage, '/account');
  await screen.findByLabelText('E-mail');
  queries.setQueryData(['report', 'one'], 'theirs');
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(address()).toBe('/'));
  expect(Object.keys(sent)).toEqual(['POST /api/users/logout']);
  expect(readDraft('q1')).toBe('');
  expect(queries.getQueryData(['report', 'one'])).toBeUndefined();
});

it('says so when the copy of everything cannot be had', async () => {
  serve(ROBIN);
  server.use(http.get('/api/users/me/export', () => refusal(503, 'storage_unavailable', 'It is away.')));
  const { user } = renderPage(AccountPage, '/account');
  await user.click(await screen.findByRole('button', { name: 'Download everything' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('It is away.');
});

it('says in words how far a new password has come', async () => {
  serve(ROBIN);
  const { user } = renderPage(AccountPage, '/account');
  const field = await screen.findByLabelText('New password');
  const says = (words: string) => expect(screen.getByText(words)).toBeVisible();
  await user.type(field, 'fiver');
  says('3 characters more');
  await user.type(field, '123');
  says('Long enough; longer is safer');
  await user.type(field, ' and more');
  says('A good length');
});
