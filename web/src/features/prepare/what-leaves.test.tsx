import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { serveConsents } from '@/testing/consents';
import { resume } from '@/testing/papers';
import { bring, servePreparation } from '@/testing/preparation';
import { renderPage } from '@/testing/render-page';
import { PreparePage } from './prepare-page';

const open = () => {
  bring();
  renderPage(PreparePage, '/prepare');
};

it('says that nothing leaves when no model is set up', async () => {
  servePreparation();
  open();
  expect(await screen.findByText(/Nothing of this leaves the server/)).toBeVisible();
});

it('says before the start what goes to whom', async () => {
  servePreparation(resume(), [
    { provider: 'openai', model: 'gpt-5-mini', purpose: 'interviewing', needs_consent: true },
    { provider: 'mistral', model: 'small', purpose: 'judging', needs_consent: true },
  ]);
  open();
  const line = await screen.findByText(/go to OpenAI gpt-5-mini, which leads the interview/);
  expect(line).toHaveTextContent(
    /your resume without name and contact details, and your answers go to OpenAI/,
  );
  expect(line).toHaveTextContent(
    /Each question goes with your answer, without names, to Mistral small, which judges it/,
  );
  expect(screen.queryByText(/Nothing of this leaves/)).toBeNull();
});

it('asks before a model of another company takes part', async () => {
  servePreparation(resume(), [
    { provider: 'openai', model: 'gpt-5-mini', purpose: 'interviewing', needs_consent: true },
  ]);
  const { versions } = serveConsents();
  bring();
  const { user } = renderPage(PreparePage, '/prepare');
  const box = await screen.findByRole('checkbox', { name: /Let OpenAI gpt-5-mini take part/ });
  expect(box).not.toBeChecked();
  await user.click(box);
  expect(await screen.findByRole('checkbox', { name: /take part/, checked: true })).toBeEnabled();
  expect(versions).toEqual(['2026-11-21.1f0c33aa']);
});

it('asks nothing for a model in the operator’s own network', async () => {
  servePreparation(resume(), [
    { provider: 'ollama', model: 'qwen', purpose: 'judging', needs_consent: false },
  ]);
  open();
  await screen.findByText(/which judges it/);
  expect(screen.queryByRole('checkbox', { name: /take part/ })).toBeNull();
});
