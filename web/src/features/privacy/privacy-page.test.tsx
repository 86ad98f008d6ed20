import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { About } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { PrivacyPage } from './privacy-page';

const serve = (outside: About['outside']) =>
  server.use(http.get('/api/about', () => HttpResponse.json({ version: '0.1.0', outside } satisfies About)));

it('says that nothing leaves the server when nothing does', async () => {
  serve([]);
  renderPage(PrivacyPage, '/privacy');
  expect(await screen.findByText(/no word of yours goes to another company/)).toBeVisible();
  expect(screen.queryByText(/are sent away/)).toBeNull();
});

it('names the models that answers are sent to', async () => {
  serve([{ provider: 'openai', model: 'gpt-4.1-mini', purpose: 'judging' }]);
  renderPage(PrivacyPage, '/privacy');
  expect(await screen.findByText('gpt-4.1-mini, by openai')).toBeVisible();
  expect(screen.getByText(/your answer are sent away/)).toBeVisible();
  expect(screen.queryByText(/no word of yours/)).toBeNull();
});

it('claims neither while the server does not say', async () => {
  server.use(http.get('/api/about', () => HttpResponse.error()));
  renderPage(PrivacyPage, '/privacy');
  expect(await screen.findByRole('heading', { level: 1 })).toBeVisible();
  expect(screen.queryByText(/no word of yours/)).toBeNull();
});
