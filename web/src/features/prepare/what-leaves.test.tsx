import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
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
    { provider: 'openai', model: 'gpt-5-mini', purpose: 'interviewing' },
    { provider: 'mistral', model: 'small', purpose: 'judging' },
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
