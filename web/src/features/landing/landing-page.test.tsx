import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { loadPreparation } from '@/lib/preparation';
import { job, resume } from '@/testing/papers';
import { GUEST, ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { LandingPage } from './landing-page';

const POSTING = 'Nurse wanted';

/** Who is here; `calls` is all that was asked for, in order, and `papers` what was to be read. */
function serve(me: typeof ROBIN | null = null) {
  const calls: string[] = [];
  const papers: { job?: string; resume?: string } = {};
  server.use(
    http.all('*', ({ request: { method, url } }) => {
      if (method !== 'GET') calls.push(new URL(url).pathname);
    }),
    http.get('/api/users/me', () => (me ? HttpResponse.json(me) : refusal(401, 'unauthenticated', 'No.'))),
    http.post('/api/users/refresh', () => refusal(401, 'unauthenticated', 'No.')),
    http.post('/api/users/guest', () => HttpResponse.json({ user: GUEST }, { status: 201 })),
    http.post('/api/configs/parse-job-desc', async ({ request }) => {
      papers.job = ((await request.json()) as { job_description: string }).job_description;
      return HttpResponse.json(job());
    }),
    http.post('/api/resumes', async ({ request }) => {
      papers.resume = await request.text();
      return HttpResponse.json(resume(), { status: 201 });
    }),
  );
  return { calls, papers };
}

const open = () => renderPage(LandingPage, '/');
const posting = () => screen.getByLabelText('Paste the job description');
const goOn = () => screen.getByRole('button', { name: 'Continue' });
const file = () => new File(['Robin Okafor'], 'robin.txt', { type: 'text/plain' });

it('begins with a posting, as a guest, without asking for an account', async () => {
  const { calls, papers } = serve();
  const { user, address } = open();
  await user.type(posting(), `  ${POSTING}\n`);
  await user.click(goOn());
  await waitFor(() => expect(address()).toBe('/prepare'));
  expect(papers).toEqual({ job: POSTING });
  expect(calls).toEqual(['/api/users/refresh', '/api/users/guest', '/api/configs/parse-job-desc']);
  expect(loadPreparation()).toEqual({
    jobDescription: POSTING,
    job: job(),
    resumeId: null,
    resumeProblem: null,
    settings: null,
  });
});

it('begins with a resume alone', async () => {
  const { papers } = serve();
  const { user, address } = open();
  await user.upload(screen.getByLabelText('Your resume (optional)'), file());
  expect(screen.getByText('robin.txt')).toBeVisible();
  await user.click(goOn());
  await waitFor(() => expect(address()).toBe('/prepare'));
  expect(papers.job).toBeUndefined();
  expect(papers.resume).toMatch(/name="file";[\s\S]*Robin Okafor/);
  expect(loadPreparation()).toMatchObject({ jobDescription: '', job: null, resumeId: 'resume-1' });
});

it('begins with a sample of both', async () => {
  const { papers } = serve();
  const { user, address } = open();
  await user.click(screen.getByRole('button', { name: 'Try with a sample' }));
  await waitFor(() => expect(address()).toBe('/prepare'));
  expect(papers.job).toMatch(/^Senior Backend Engineer/);
  expect(papers.resume).toMatch(/name="text"\s+Robin Okafor/);
  expect(loadPreparation()).toMatchObject({ job: job(), resumeId: 'resume-1' });
});

it('needs something to begin with', async () => {
  const { calls } = serve();
  const { user, address } = open();
  await user.type(posting(), '  ');
  await user.click(goOn());
  expect(posting()).toHaveAccessibleDescription(/Paste a job description or choose a resume/);
  expect(calls).toEqual([]);
  expect(address()).toBe('/');
});

it('stays with the one who is signed in', async () => {
  const { calls } = serve(ROBIN);
  const { user, address } = open();
  await user.type(posting(), POSTING);
  await user.click(goOn());
  await waitFor(() => expect(address()).toBe('/prepare'));
  expect(calls).toEqual(['/api/configs/parse-job-desc']);
});

it('goes on without a file that is refused, and takes along why', async () => {
  serve();
  const why = 'This PDF has no text, only pictures of pages.';
  server.use(http.post('/api/resumes', () => refusal(422, 'resume_no_text', why)));
  const { user, address } = open();
  await user.type(posting(), POSTING);
  await user.upload(screen.getByLabelText('Your resume (optional)'), file());
  await user.click(goOn());
  await waitFor(() => expect(address()).toBe('/prepare'));
  expect(loadPreparation()).toMatchObject({ job: job(), resumeId: null, resumeProblem: why });
});

it('says why a posting is refused, and keeps it', async () => {
  serve();
  const why = 'This is too short for a job description.';
  server.use(http.post('/api/configs/parse-job-desc', () => refusal(422, 'invalid', why)));
  const { user, address } = open();
  await user.type(posting(), 'x');
  await user.click(goOn());
  expect(await screen.findByRole('alert')).toHaveTextContent(why);
  expect(posting()).toHaveValue('x');
  expect(address()).toBe('/');
  expect(loadPreparation()).toBeNull();
});

it('keeps the papers when the server is away, and tries again', async () => {
  serve();
  server.use(http.post('/api/resumes', () => HttpResponse.error(), { once: true }));
  const { user, address } = open();
  await user.upload(screen.getByLabelText('Your resume (optional)'), file());
  await user.click(goOn());
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  expect(screen.getByText('robin.txt')).toBeVisible();
  await user.click(goOn());
  await waitFor(() => expect(address()).toBe('/prepare'));
});

it('takes a chosen file out again', async () => {
  serve();
  const { user } = open();
  const input = screen.getByLabelText('Your resume (optional)');
  await user.upload(input, file());
  await user.click(screen.getByRole('button', { name: 'Take out robin.txt' }));
  expect(input).toHaveFocus();
  await user.click(goOn());
  expect(posting()).toBeInvalid();
});
