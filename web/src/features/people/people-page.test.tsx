import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { serveAccount } from '@/testing/account';
import { GUEST, ROBIN } from '@/testing/people';
import { ADMIN, person, servePeople } from '@/testing/people-pages';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { PeoplePage } from './people-page';

const open = () => renderPage(PeoplePage, '/people');
const dialog = (name: string) => within(screen.getByRole('dialog', { name }));

it('asks whoever is not signed in to do so', async () => {
  serveAccount(null);
  open();
  expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute(
    'href',
    '/login?next=%2Fpeople',
  );
});

it.each([
  ['a guest', GUEST],
  ['somebody with an account', ROBIN],
])('tells %s whom it is for, and asks the server for nothing', async (_, who) => {
  serveAccount(who);
  open();
  expect(await screen.findByText(/This is for administrators/)).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Accounts' })).toBeNull();
});

it('searches and filters, and says when nobody fits', async () => {
  const { lists } = servePeople([person('Ada'), person('Bo', { role: 'curator' })]);
  const { user } = open();
  expect(await screen.findByText('2 people.')).toBeVisible();
  await user.type(screen.getByLabelText('Part of a name or address'), 'nobody');
  expect(await screen.findByText('Nobody fits.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all accounts' }));
  expect(await screen.findByText('2 people.')).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Role'), 'curator');
  await user.selectOptions(screen.getByLabelText('Who'), 'locked');
  await waitFor(() => expect(lists.at(-1)).toBe('group=locked&role=curator'));
});

it('changes a role after it has said what that means', async () => {
  const { sent } = servePeople([person('Ada')]);
  const { user } = open();
  await user.selectOptions(await screen.findByLabelText('Role ada@example.com'), 'admin');
  expect(dialog('Change the role?').getByText(/Ada then may do everything here/)).toBeVisible();
  expect(sent).toEqual([]);
  await user.click(dialog('Change the role?').getByRole('button', { name: 'Make it Administrator' }));
  expect(await screen.findByText('Ada is now: Administrator.')).toBeVisible();
  expect(sent).toEqual(['Ada becomes admin']);
});

it('locks, unlocks and signs out', async () => {
  const { sent } = servePeople([person('Ada')]);
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Sign out everywhere ada@example.com' }));
  await user.click(dialog('Sign out everywhere?').getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByText('Ada is signed out everywhere.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Lock ada@example.com' }));
  await user.click(dialog('Lock this account?').getByRole('button', { name: 'Lock it' }));
  expect(await screen.findByText('Ada is locked out.')).toBeVisible();
  await user.click(await screen.findByRole('button', { name: 'Unlock ada@example.com' }));
  expect(await screen.findByText('Ada can sign in again.')).toBeVisible();
  expect(sent).toEqual(['sign out Ada', 'lock Ada', 'unlock Ada']);
});

it('erases only when the address was typed', async () => {
  const { sent } = servePeople([person('Ada'), person('Bo')]);
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Erase ada@example.com' }));
  const erase = dialog('Erase this person?');
  expect(erase.getByRole('button', { name: 'Erase for good' })).toBeDisabled();
  await user.type(erase.getByLabelText('Type ada@example.com to go on'), 'ada@example.com');
  await user.click(erase.getByRole('button', { name: 'Erase for good' }));
  expect(await screen.findByText('Ada is erased, with everything of theirs.')).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Ada' })).toBeNull());
  expect(screen.getByRole('heading', { name: 'Accounts' })).toHaveFocus();
  expect(sent).toEqual(['erase Ada']);
});

it('offers no way to lock or erase oneself, and says why the last administrator stays one', async () => {
  servePeople([person('Robin', { id: ADMIN.id, role: 'admin' })]);
  server.use(
    http.put('/api/admin/users/:id/role', () =>
      refusal(409, 'last_administrator', 'This is the last administrator who can sign in.'),
    ),
  );
  const { user } = open();
  expect(await screen.findByText('(you)')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^(Lock|Erase)/ })).toBeNull();
  await user.selectOptions(screen.getByLabelText('Role robin@example.com'), 'curator');
  const ask = dialog('Change the role?');
  expect(ask.getByText(/you will not see this page any more/)).toBeVisible();
  await user.click(ask.getByRole('button', { name: 'Make it Curator' }));
  expect(await ask.findByText('This is the last administrator who can sign in.')).toBeVisible();
});

it('tries again after the server was away', async () => {
  servePeople([person('Ada')]);
  server.use(http.get('/api/admin/users', () => HttpResponse.error(), { once: true }));
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('1 person.')).toBeVisible();
});
