import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { serveConsents } from '@/testing/consents';
import { GUEST } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { Consents } from './consents';

const open = () => {
  server.use(http.get('/api/users/me', () => HttpResponse.json(GUEST)));
  return renderPage(Consents, '/privacy');
};

it('agrees to the text that is shown, and withdraws', async () => {
  const { versions } = serveConsents();
  const { user } = open();
  const title = await screen.findByRole('heading', { name: 'Language models of other companies' });
  const entry = within(title.closest('li') as HTMLElement);
  expect(entry.getByText(/You have not agreed/)).toBeVisible();
  await user.click(entry.getByRole('button', { name: /Agree/ }));
  expect(await entry.findByText(/You agreed on/)).toBeVisible();
  expect(versions).toEqual(['2026-11-21.1f0c33aa']);
  await user.click(entry.getByRole('button', { name: /Withdraw/ }));
  expect(await entry.findByText(/Withdrawn on/)).toBeVisible();
});

it('says when a text was changed since somebody agreed', async () => {
  const given = [{ purpose: 'recording', version: '2025-01-01.00000000', given_at: '2025-01-02T00:00:00Z' }];
  serveConsents({ given, agreed: [] });
  open();
  expect(await screen.findByText(/changed since you agreed, so it does not count/)).toBeVisible();
});

it('says why nothing was changed', async () => {
  serveConsents();
  const message = 'This text was changed since it was shown. Read it again, then choose.';
  server.use(
    http.put('/api/users/me/consents/:purpose', () => refusal(409, 'consent_text_changed', message)),
  );
  const { user } = open();
  await user.click((await screen.findAllByRole('button', { name: /Agree/ }))[0] as HTMLElement);
  expect(await screen.findByText(message)).toBeVisible();
});
