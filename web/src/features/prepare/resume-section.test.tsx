import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { resume } from '@/testing/papers';
import { bring, kept, servePreparation } from '@/testing/preparation';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { PreparePage } from './prepare-page';

const open = () => renderPage(PreparePage, '/prepare');
const section = () => within(screen.getByRole('region', { name: 'Your resume' }));

it('shows the resume as read, with what is doubtful said in words', async () => {
  servePreparation(
    resume({ phone: null, warnings: [{ code: 'no_phone', message: 'No phone number was found.' }] }),
  );
  bring();
  open();
  expect(await screen.findByLabelText('Name')).toHaveValue('Robin Okafor');
  expect(screen.getByText('No phone number was found.')).toBeVisible();
  expect(screen.getByLabelText('Phone')).toHaveValue('');
  expect(screen.getByRole('button', { name: 'Remove Rust' })).toBeVisible();
  expect(screen.getByText('Engineer, Tidewater (2021-03 – now)')).toBeVisible();
  expect(screen.getByText('The text as read from robin.pdf')).toBeVisible();
});

it('hands the original back, and says so when it cannot', async () => {
  servePreparation(resume({ original: { bytes: 84_000, content_type: 'application/pdf' } }));
  bring();
  const { user } = open();
  const button = await screen.findByRole('button', { name: 'Download the original' });
  expect(section().getByText('robin.pdf, 84 KB, as you uploaded it')).toBeVisible();
  server.use(
    http.get('/api/resumes/:id/original', () =>
      refusal(503, 'file_storage_unavailable', 'The storage of files does not answer right now.'),
    ),
  );
  await user.click(button);
  expect(await section().findByText('The storage of files does not answer right now.')).toBeVisible();
});

it('offers no original of a resume that was pasted', async () => {
  servePreparation(resume({ original: null }));
  bring();
  open();
  expect(await screen.findByLabelText('Name')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Download the original' })).toBeNull();
});

it('saves corrections as they are made; they are there after a reload', async () => {
  const { resumes } = servePreparation();
  bring();
  const { user } = open();
  const name = await screen.findByLabelText('Name');
  await user.clear(name);
  await user.type(name, 'Robin O.');
  await user.click(screen.getByRole('button', { name: 'Remove SQL' }));
  await user.type(section().getByRole('textbox', { name: 'Skills' }), 'Kafka, Rust{Enter}');
  expect(await section().findByText('Saved')).toBeVisible();
  expect(resumes.at(-1)).toEqual(resume({ name: 'Robin O.', skills: ['Rust', 'Kafka'] }));

  cleanup();
  open();
  expect(await screen.findByLabelText('Name')).toHaveValue('Robin O.');
  expect(screen.getByRole('button', { name: 'Remove Kafka' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Remove SQL' })).toBeNull();
});

it('says that a correction is not saved, and saves it with the next', async () => {
  const { resumes } = servePreparation();
  bring();
  server.use(http.put('/api/resumes/:id', () => HttpResponse.error(), { once: true }));
  const { user } = open();
  await user.type(await screen.findByLabelText('Place'), ', UK');
  expect(await section().findByText(/^Not saved yet/)).toBeVisible();
  await user.type(screen.getByLabelText('Phone'), '123');
  expect(await section().findByText('Saved')).toBeVisible();
  expect(resumes.at(-1)).toMatchObject({ location: 'Bristol, UK', phone: '123' });
});

it('adds a position, fills it in, and takes out another; the rest stays as it was', async () => {
  const [engineer] = resume().experience;
  const captain = { title: 'Captain', organization: 'Harbour', start: null, end: null, highlights: [] };
  const { resumes } = servePreparation(resume({ experience: engineer ? [engineer, captain] : [] }));
  bring();
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Add a position' }));
  const fold = (summary: RegExp) => section().getByText(summary).closest('details') as HTMLElement;
  const added = () => within(fold(/^(A position|Nurse)/));
  await user.type(added().getByLabelText('Title'), 'Nurse');
  await user.type(added().getByLabelText('What you did, a line each'), 'Night shifts{Enter}Triage');
  await user.click(section().getByText(/^Engineer, Tidewater/));
  const old = within(fold(/^Engineer, Tidewater/));
  await user.click(old.getByRole('button', { name: 'Remove this position' }));
  expect(added().getByLabelText('Title')).toBeVisible();
  expect(within(fold(/^Captain/)).getByLabelText('Title')).not.toBeVisible();
  expect(await section().findByText('Saved')).toBeVisible();
  expect(resumes.at(-1)?.experience).toEqual([
    captain,
    { title: 'Nurse', organization: null, start: null, end: null, highlights: ['Night shifts', 'Triage'] },
  ]);
});

it('says why the file could not be read, and takes pasted text in its place', async () => {
  servePreparation();
  bring({ resumeId: null, resumeProblem: 'This PDF has no text, only pictures of pages.' });
  let pasted: unknown = null;
  server.use(
    http.post('/api/resumes', async ({ request }) => {
      pasted = await request.text();
      return HttpResponse.json(resume({ id: 'resume-2', name: 'Robin P.' }), { status: 201 });
    }),
  );
  const { user } = open();
  expect(screen.getByRole('alert')).toHaveTextContent('This PDF has no text, only pictures of pages.');
  await user.click(screen.getByRole('button', { name: 'Read the resume' }));
  expect(screen.getByLabelText('Or paste its text')).toHaveAccessibleDescription(/Choose a file or paste/);
  expect(pasted).toBeNull();
  await user.type(screen.getByLabelText('Or paste its text'), 'Robin P., engineer');
  await user.click(screen.getByRole('button', { name: 'Read the resume' }));
  expect(await screen.findByLabelText('Name')).toHaveValue('Robin P.');
  expect(screen.queryByText(/only pictures of pages/)).toBeNull();
  expect(kept()).toMatchObject({ resumeId: 'resume-2', resumeProblem: null });
  expect(pasted).toMatch(/name="text"\s+Robin P\., engineer/);
});

it('says why another file is refused, and stays where it is', async () => {
  servePreparation();
  bring({ resumeId: null });
  server.use(
    http.post('/api/resumes', () =>
      refusal(415, 'resume_unknown_format', 'This is not a PDF, DOCX or text file.'),
    ),
  );
  const { user } = open();
  await user.upload(
    screen.getByLabelText('Your resume (optional)'),
    new File(['PK'], 'cv.pdf', { type: 'application/pdf' }),
  );
  expect(screen.getByText('cv.pdf')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Read the resume' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This is not a PDF, DOCX or text file.');
  await user.click(screen.getByRole('button', { name: 'Take out cv.pdf' }));
  expect(screen.getByLabelText('Or paste its text')).toBeVisible();
});

it('goes on without the resume, or with it after all', async () => {
  servePreparation();
  bring();
  const { user } = open();
  await screen.findByLabelText('Name');
  await user.click(section().getByRole('button', { name: 'Take it out' }));
  expect(screen.getByText('The resume will not be used.')).toBeVisible();
  expect(kept().resumeId).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Use it after all' }));
  await waitFor(() => expect(screen.getByLabelText('Name')).toHaveValue('Robin Okafor'));
  expect(kept().resumeId).toBe('resume-1');
});

it('fetches the resume again after the server was away', async () => {
  servePreparation();
  bring();
  server.use(http.get('/api/resumes/:id', () => HttpResponse.error(), { once: true }));
  const { user } = open();
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByLabelText('Name')).toHaveValue('Robin Okafor');
});
