import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { About } from '@/api/types';
import { serveConsents } from '@/testing/consents';
import { GUEST } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { RULES, serveRetention } from '@/testing/retention';
import { server } from '@/testing/server';
import { PrivacyPage } from './privacy-page';

const serve = (outside: About['outside']) => {
  serveConsents();
  serveRetention();
  server.use(
    http.get('/api/users/me', () => HttpResponse.json(GUEST)),
    http.get('/api/sessions', () => HttpResponse.json({ items: [], next: null })),
    http.get('/api/about', () =>
      HttpResponse.json({ version: '0.1.0', outside, languages: ['en'], sign_in: [] } satisfies About),
    ),
  );
};

it('says that nothing leaves the server when nothing does', async () => {
  serve([]);
  renderPage(PrivacyPage, '/privacy');
  expect(await screen.findByText(/no word of yours goes to another company/)).toBeVisible();
  expect(screen.queryByText(/outside of it/)).toBeNull();
});

it('says what is sent to which model for each purpose', async () => {
  serve([
    { provider: 'openai', model: 'gpt-5-mini', purpose: 'interviewing', needs_consent: true },
    { provider: 'mistral', model: 'small', purpose: 'judging', needs_consent: true },
  ]);
  renderPage(PrivacyPage, '/privacy');
  const leads = (await screen.findByText('OpenAI gpt-5-mini leads the interview.')).parentElement;
  expect(leads).toHaveTextContent(/job description, your resume without name and contact details/);
  const judges = screen.getByText('Mistral small judges the answers.').parentElement;
  expect(judges).toHaveTextContent(/each question, what a full answer says, and your answer without names/);
  expect(screen.queryByText(/no word of yours/)).toBeNull();
});

it('says what stays when a model does one thing only', async () => {
  serve([{ provider: 'openai', model: 'gpt-5-mini', purpose: 'judging', needs_consent: true }]);
  renderPage(PrivacyPage, '/privacy');
  await screen.findByText('OpenAI gpt-5-mini judges the answers.');
  const leads = screen.getByText('The interview is led on this server.').parentElement;
  expect(leads).toHaveTextContent(/Nothing is sent away for that/);
});

it('claims neither while the server does not say', async () => {
  serve([]);
  server.use(http.get('/api/about', () => HttpResponse.error()));
  renderPage(PrivacyPage, '/privacy');
  expect(await screen.findByRole('heading', { level: 1 })).toBeVisible();
  expect(screen.queryByText(/no word of yours/)).toBeNull();
});

it('says how long what is kept by the rules of this server, and when yours goes', async () => {
  serve([]);
  const resumes = RULES.filter(({ kind }) => kind === 'resumes');
  serveRetention(resumes.map((rule) => ({ ...rule, count: 2, first_goes_at: '2027-03-01T12:00:00Z' })));
  renderPage(PrivacyPage, '/privacy');
  expect(
    await screen.findByText('Until 90 days after they were brought, or until you erase everything.'),
  ).toBeVisible();
  const mine = (await screen.findByRole('heading', { name: 'When yours goes' })).parentElement;
  expect(mine).toHaveTextContent(/Resumes: 2.*The oldest is deleted on .*2027/);
});

it('claims no time while the server does not say', async () => {
  serve([]);
  server.use(http.get('/api/retention', () => HttpResponse.error()));
  renderPage(PrivacyPage, '/privacy');
  const audit = (await screen.findByRole('heading', { name: 'The audit log' })).parentElement;
  expect(audit).not.toHaveTextContent(/Until/);
  expect(await screen.findByText('No sound of yours is kept here.')).toBeVisible();
  expect(await screen.findByText('There is nothing of yours here but your sign-in.')).toBeVisible();
});
