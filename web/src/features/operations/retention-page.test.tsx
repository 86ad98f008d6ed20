import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { auditEntry, serveAudit } from '@/testing/audit';
import { renderPage } from '@/testing/render-page';
import { RULES } from '@/testing/retention';
import { server } from '@/testing/server';
import { RetentionPage } from './retention-page';

const serve = () =>
  server.use(
    http.get('/api/admin/retention', () =>
      HttpResponse.json({ items: RULES.map((rule, at) => ({ ...rule, due: at })), next: null }),
    ),
  );

it('shows the rules, what would go now, and what was deleted', async () => {
  const details = '4 by the rule: 90 days after they were brought';
  const deleted = { action: 'retention.deleted', actor: null, subject: 'resumes', details };
  const queries = serveAudit([[auditEntry('one', deleted)]]);
  serve();
  renderPage(RetentionPage, '/operations/retention');
  const rules = within(await screen.findByRole('region', { name: 'The rules' }));
  const row = await rules.findByRole('row', { name: /Resumes/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['90 days after they were brought', '1']);
  expect(await screen.findByText(details)).toBeVisible();
  expect(queries).toEqual(['action=retention.deleted']);
});

it('says that nothing was deleted yet', async () => {
  serveAudit([[]]);
  serve();
  renderPage(RetentionPage, '/operations/retention');
  expect(await screen.findByText('Nothing was old enough so far.')).toBeVisible();
});

it('tries again after the server was away', async () => {
  serveAudit([[]]);
  serve();
  server.use(http.get('/api/admin/retention', () => HttpResponse.error(), { once: true }));
  const { user } = renderPage(RetentionPage, '/operations/retention');
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('row', { name: /Resumes/ })).toBeVisible();
});
