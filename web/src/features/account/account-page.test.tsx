import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { keepDraft, readDraft } from '@/lib/drafts';
import { serveAccount as serve } from '@/testing/account';
import { GUEST, ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { AccountPage } from './account-page';

type Person = ReturnType<typeof renderPage>['user'];

async function fillIn(user: Person, { agree = true } = {}) {
  await user.type(await screen.findByLabelText('Name'), 'Robin Okafor');
  await user.type(screen.getByLabelText('E-mail'), 'robin@example.com');
  await user.type(screen.getByLabelText('Password'), 'a quiet green door');
  if (agree) await user.click(screen.getByRole('checkbox', { name: /^I agree/ }));
}

const makeIt = (user: Person) => user.click(screen.getByRole('button', { name: 'Make the account' }));

describe('keeping it as a guest', () => {
  it('says what happens without an account, and makes one', async () => {
    const sent = serve(GUEST);
    const { user, address, queries } = renderPage(AccountPage, '/account');
    expect(await screen.findByRole('heading', { level: 1, name: 'Keep it' })).toBeVisible();
    expect(screen.getByText(/Everything you did here is deleted on .*2026/)).toBeVisible();
    queries.setQueryData(['report', 'one'], 'theirs');
    await fillIn(user);
    await makeIt(user);
    await waitFor(() => expect(address()).toBe('/history'));
    expect(sent['POST /api/users/register']).toEqual({
      name: 'Robin Okafor',
      email: 'robin@example.com',
      password: 'a quiet green door',
      consents: [
        { purpose: 'terms', version: '1' },
        { purpose: 'privacy', version: '1' },
      ],
    });
    expect(queries.getQueryData(['report', 'one'])).toBe('theirs');
  });

  it('says in its place what is missing, and sends nothing', async () => {
    const sent = serve(GUEST);
    const { user } = renderPage(AccountPage, '/account');
    await user.type(await screen.findByLabelText('Password'), 'seven77');
    await makeIt(user);
    const says = (label: string) => expect(screen.getByLabelText(label));
    says('Name').toHaveAccessibleDescription('Give the name that the interviewer should use.');
    says('E-mail').toHaveAccessibleDescription('Give your e-mail address; you sign in with it.');
    says('Password').toHaveAccessibleDescription(/Use at least 8 characters\./);
    expect(screen.getByRole('checkbox')).toHaveAccessibleDescription('Tick the box to go on.');
    for (const label of ['Name', 'E-mail', 'Password']) says(label).toBeInvalid();
    expect(sent).toEqual({});
  });

  it('needs consent, and nothing else is wrong then', async () => {
    const sent = serve(GUEST);
    const { user, address } = renderPage(AccountPage, '/account');
    await fillIn(user, { agree: false });
    await makeIt(user);
    const box = screen.getByRole('checkbox', { name: /^I agree/ });
    expect(box).toBeInvalid();
    expect(screen.getByLabelText('Name')).toBeValid();
    expect(sent).toEqual({});
    await user.click(box);
    await makeIt(user);
    await waitFor(() => expect(address()).toBe('/history'));
  });

  it('offers to sign in when the address has an account', async () => {
    serve(GUEST);
    const message = 'This address already has an account.';
    server.use(
      http.post('/api/users/register', () => refusal(409, 'email_taken', message, { email: message })),
    );
    const { user } = renderPage(AccountPage, '/account');
    await fillIn(user);
    await makeIt(user);
    await waitFor(() => expect(screen.getByLabelText('E-mail')).toHaveAccessibleDescription(message));
    expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/login');
    expect(screen.getAllByRole('alert')).toHaveLength(1);
  });

  it('shows what the server refuses in the place of the field', async () => {
    serve(GUEST);
    const weak = { password: 'This password is on every list of passwords.' };
    server.use(
      http.post('/api/users/register', () => refusal(422, 'invalid', 'A field needs a look.', weak)),
    );
    const { user } = renderPage(AccountPage, '/account');
    await fillIn(user);
    await makeIt(user);
    await waitFor(() => expect(screen.getByLabelText('Password')).toBeInvalid());
    expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(/on every list/);
    expect(screen.queryByText('A field needs a look.')).toBeNull();
    expect(screen.queryByRole('link', { name: 'Sign in' })).toBeNull();
  });

  it('says above the button what is no field’s fault, and keeps what was typed', async () => {
    serve(GUEST);
    server.use(http.post('/api/users/register', () => HttpResponse.error()));
    const { user } = renderPage(AccountPage, '/account');
    await fillIn(user);
    await makeIt(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
    expect(screen.getByLabelText('E-mail')).toHaveValue('robin@example.com');
  });
});

it('makes an account for somebody who was not here before', async () => {
  const sent = serve(null);
  const { user, address } = renderPage(AccountPage, '/account');
  expect(await screen.findByRole('heading', { level: 1, name: 'Make an account' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Erase everything' })).toBeNull();
  await fillIn(user);
  await makeIt(user);
  await waitFor(() => expect(address()).toBe('/history'));
  expect(Object.keys(sent)).toContain('POST /api/users/register');
});

describe('erasing', () => {
  it.each([
    ['a guest', GUEST, 'Your guest sign-in'],
    ['an account', ROBIN, 'Your account'],
  ])('erases %s once the word is typed, and what this device keeps', async (_, who, named) => {
    const sent = serve(who);
    keepDraft('q1', 'I led');
    const { user } = renderPage(AccountPage, '/account');
    await user.click(await screen.findByRole('button', { name: 'Erase everything' }));
    const dialog = screen.getByRole('dialog', { name: 'Erase everything?' });
    expect(dialog).toHaveTextContent(named);
    const really = within(dialog).getByRole('button', { name: 'Erase everything' });
    expect(really).toBeDisabled();
    await user.type(within(dialog).getByLabelText(/Type “erase”/), 'eras');
    expect(really).toBeDisabled();
    await user.type(within(dialog).getByLabelText(/Type “erase”/), 'E ');
    await user.click(really);
    const heading = await screen.findByRole('heading', { name: 'Everything is erased' });
    expect(heading).toHaveFocus();
    expect(sent).toEqual({ 'DELETE /api/users/me': null });
    expect(readDraft('q1')).toBe('');
  });

  it('erases nothing when one thinks better of it, and asks for the word again', async () => {
    const sent = serve(ROBIN);
    const { user } = renderPage(AccountPage, '/account');
    await user.click(await screen.findByRole('button', { name: 'Erase everything' }));
    await user.type(screen.getByLabelText(/Type “erase”/), 'erase');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Erase everything' }));
    expect(screen.getByLabelText(/Type “erase”/)).toHaveValue('');
    expect(sent).toEqual({});
  });

  it('says so when it did not work, and forgets nothing', async () => {
    serve(ROBIN);
    server.use(
      http.delete('/api/users/me', () => refusal(503, 'storage_unavailable', 'The storage is away.')),
    );
    keepDraft('q1', 'I led');
    const { user } = renderPage(AccountPage, '/account');
    await user.click(await screen.findByRole('button', { name: 'Erase everything' }));
    const dialog = screen.getByRole('dialog');
    await user.type(within(dialog).getByLabelText(/Type “erase”/), 'erase');
    await user.click(within(dialog).getByRole('button', { name: 'Erase everything' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('The storage is away.');
    expect(readDraft('q1')).toBe('I led');
  });
});

it('tries again after the server was away', async () => {
  serve(ROBIN);
  server.use(http.get('/api/users/me', () => HttpResponse.error(), { once: true }));
  const { user } = renderPage(AccountPage, '/account');
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Your account' })).toBeVisible();
});
