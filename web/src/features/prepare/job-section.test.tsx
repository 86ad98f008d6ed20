import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { job } from '@/testing/papers';
import { bring, kept, servePreparation } from '@/testing/preparation';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { PreparePage } from './prepare-page';

const open = () => renderPage(PreparePage, '/prepare');
const section = () => within(screen.getByRole('region', { name: 'The job' }));
const remove = (what: string) => section().getByRole('button', { name: `Remove ${what}` });

it('shows each finding beside the phrase that it came from', () => {
  servePreparation();
  bring({
    resumeId: null,
    job: job({ warnings: [{ code: 'short', message: 'This posting is very short.' }] }),
  });
  open();
  expect(section().getByText('This posting is very short.')).toBeVisible();
  expect(section().getByLabelText('Position')).toHaveValue('Nurse');
  expect(section().getByLabelText('Level')).toHaveDisplayValue('Junior');
  const teamwork = section().getByText('Teamwork').closest('li');
  expect(teamwork).toHaveTextContent('“A team of nine” · “Hand over with care”');
  // One phrase names two skills.
  const phrase = section().getByText('“Triage under pressure”').closest('li');
  expect(phrase).toHaveTextContent('Triage');
  expect(phrase).toHaveTextContent('First aid (an advantage)');
});

it('says that the interview is in English when the posting is not', () => {
  servePreparation();
  bring({ resumeId: null, job: job({ language: 'de' }) });
  open();
  expect(section().getByText(/^The posting is not in English/)).toBeVisible();
  cleanup();
  bring({ resumeId: null });
  open();
  expect(section().queryByText(/not in English/)).toBeNull();
});

it('makes the interview from the findings as corrected, after a reload too', async () => {
  const { configs } = servePreparation();
  bring({ resumeId: null });
  const { user } = open();
  await user.click(remove('Empathy'));
  await user.selectOptions(await section().findByLabelText('Add a competency'), 'Ownership');
  await user.click(remove('First aid (an advantage)'));
  await user.type(section().getByRole('textbox', { name: 'Skills it does not name' }), 'Night work{Enter}');
  await user.clear(section().getByLabelText('Position'));
  await user.type(section().getByLabelText('Position'), 'Night nurse');
  await user.selectOptions(section().getByLabelText('Level'), 'Lead');

  cleanup();
  const again = open();
  expect(section().queryByText('Empathy')).toBeNull();
  expect(section().getByText('Ownership').closest('li')).toHaveTextContent('Added by you');
  await again.user.click(screen.getByRole('button', { name: 'Start the interview' }));
  await waitFor(() => expect(again.address()).toBe('/interview/one'));
  expect(configs[0]).toMatchObject({ title: 'Night nurse', position: 'Night nurse' });
  const [, teamwork] = job().competencies;
  expect(configs[0]?.posting).toEqual({
    ...job(),
    position: 'Night nurse',
    seniority: 'lead',
    competencies: [
      { key: 'teamwork', weight: teamwork?.weight, evidence: teamwork?.evidence },
      { key: 'ownership', weight: 0.1, evidence: [] },
    ],
    skills: [
      { name: 'Triage', kind: 'hard', required: true, evidence: 'Triage under pressure' },
      { name: 'Night work', kind: 'hard', required: true, evidence: '' },
    ],
  });
});

it('offers a competency that was taken out again, and none that is there', async () => {
  servePreparation();
  bring({ resumeId: null });
  const { user } = open();
  const choice = await section().findByLabelText('Add a competency');
  const offered = () =>
    within(choice)
      .getAllByRole('option')
      .map((option) => option.textContent);
  expect(offered()).toEqual(['Choose …', 'Ownership']);
  await user.click(remove('Teamwork'));
  expect(offered()).toEqual(['Choose …', 'Teamwork', 'Ownership']);
});

it('takes out a skill that was added', async () => {
  servePreparation();
  bring({ resumeId: null });
  const { user } = open();
  await user.type(
    section().getByRole('textbox', { name: 'Skills it does not name' }),
    'Night work, Law{Enter}',
  );
  await user.click(remove('Night work'));
  expect(kept().job?.skills.map(({ name }) => name)).toEqual(['Triage', 'First aid', 'Law']);
});

it('folds a long list of findings, and shows all when asked', async () => {
  servePreparation();
  const competencies = Array.from({ length: 6 }, (_, at) => ({
    key: `key-${at}`,
    label: `Competency ${at + 1}`,
    weight: 0.1,
    evidence: [`phrase ${at}`],
  }));
  bring({ resumeId: null, job: job({ competencies }) });
  const { user } = open();
  expect(section().getByText('Competency 4')).toBeVisible();
  expect(section().queryByText('Competency 5')).toBeNull();
  await user.click(section().getByRole('button', { name: 'Show all 6' }));
  expect(section().getByText('Competency 6')).toBeVisible();
});

it('reads a posting that is pasted here', async () => {
  servePreparation();
  let read: unknown = null;
  server.use(
    http.post('/api/configs/parse-job-desc', async ({ request }) => {
      read = await request.json();
      return HttpResponse.json(job({ position: 'Midwife' }));
    }),
  );
  bring({ resumeId: null, job: null, jobDescription: '' });
  const { user } = open();
  const button = section().getByRole('button', { name: 'Read the posting' });
  await user.click(button);
  expect(section().getByLabelText('Job description')).toHaveAccessibleDescription('Paste the posting first.');
  expect(read).toBeNull();
  await user.type(section().getByLabelText('Job description'), '  Midwife wanted ');
  await user.click(button);
  await waitFor(() => expect(section().getByLabelText('Position')).toHaveValue('Midwife'));
  expect(read).toEqual({ job_description: 'Midwife wanted' });
  expect(kept()).toMatchObject({ jobDescription: 'Midwife wanted', job: { position: 'Midwife' } });
});

it('says in its place why a posting is refused, and keeps what was found before', async () => {
  servePreparation();
  const job_description = 'Paste at least a sentence.';
  server.use(
    http.post('/api/configs/parse-job-desc', () => refusal(422, 'invalid', 'A field.', { job_description })),
  );
  bring({ resumeId: null });
  const { user } = open();
  await user.click(section().getByText('The posting'));
  await user.clear(section().getByLabelText('Job description'));
  await user.type(section().getByLabelText('Job description'), 'x');
  await user.click(section().getByRole('button', { name: 'Read it again' }));
  await waitFor(() => expect(section().getByLabelText('Job description')).toBeInvalid());
  expect(section().getByLabelText('Job description')).toHaveAccessibleDescription(job_description);
  expect(kept()).toMatchObject({ jobDescription: 'Nurse wanted', job: { position: 'Nurse' } });
});

it('goes on without the posting', async () => {
  servePreparation();
  bring({ resumeId: null });
  const { user } = open();
  await user.click(section().getByRole('button', { name: 'Take it out' }));
  expect(section().getByText(/Without either, they are general ones/)).toBeVisible();
  expect(section().getByLabelText('Job description')).toHaveValue('Nurse wanted');
  expect(kept().job).toBeNull();
});
