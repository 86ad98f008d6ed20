import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { serveAccount } from '@/testing/account';
import { auditEntry, serveAudit } from '@/testing/audit';
import { ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { AuditPage } from './audit-page';

const open = () => renderPage(AuditPage, '/operations/audit');

it('asks the server for nothing when somebody is no administrator', async () => {
  serveAccount(ROBIN);
  open();
  expect(await screen.findByText(/This is for administrators/)).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Entries' })).toBeNull();
});

it('says who did what, page by page', async () => {
  serveAudit([
    [auditEntry('one'), auditEntry('two', { action: 'sign_in.refused', actor: null, subject: 'no account' })],
    [auditEntry('three', { action: 'keys.rotated', actor: null, details: '3 people’s keys' })],
  ]);
  const { user } = open();
  const row = within(await screen.findByRole('row', { name: /Models changed/ }));
  expect(row.getByText('a model provider was added')).toBeVisible();
  expect(row.getByText('01a00000-0000-7000-8000-000000000007')).toBeVisible();
  expect(screen.getByRole('row', { name: /Sign in refused .* nobody signed in no account/ })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('row', { name: /Keys rotated/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

it('looks for what is asked, when it is asked', async () => {
  const queries = serveAudit([[]]);
  const { user } = open();
  expect(await screen.findByText('Nothing like this was written down.')).toBeVisible();
  await user.selectOptions(screen.getByLabelText('What'), 'Refused sign-ins');
  await user.type(screen.getByLabelText('To (id or name)'), ' openai ');
  await user.type(screen.getByLabelText('Until'), '2026-05-04');
  expect(queries).toEqual(['']);
  await user.click(screen.getByRole('button', { name: 'Look' }));
  await screen.findByText('Nothing like this was written down.');
  const asked = new URLSearchParams(queries.at(-1));
  expect(asked.get('action')).toBe('sign_in.refused');
  expect(asked.get('subject')).toBe('openai');
  expect(asked.get('until')).toBe(new Date('2026-05-05T00:00:00').toISOString());
  await user.click(screen.getByRole('button', { name: 'Show everything' }));
  expect(screen.getByLabelText('What')).toHaveValue('');
});

it.each([
  [{}, /2 entries looked at. What is there was not changed/],
  [{ unknown: 1 }, /1 were sealed with a master key that is not here/],
  [{ fault: 'it was changed', fault_at: 7 }, /Entry 7 is not right: it was changed/],
])('says whether the log is as it was written: %o', async (found, words) => {
  serveAudit([[]], found);
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Look at every entry' }));
  expect(await screen.findByText(words)).toBeVisible();
});

it('tries again after the server was away', async () => {
  serveAudit([[auditEntry('one')]]);
  server.use(http.get('/api/admin/audit', () => HttpResponse.error(), { once: true }));
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('row', { name: /Models changed/ })).toBeVisible();
});
