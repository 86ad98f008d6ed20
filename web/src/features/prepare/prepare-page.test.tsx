import { focusManager } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import { job, resume } from '@/testing/papers';
import { bring, kept, servePreparation } from '@/testing/preparation';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { PreparePage } from './prepare-page';

afterEach(() => focusManager.setFocused(undefined));

const open = () => renderPage(PreparePage, '/prepare');
type Person = ReturnType<typeof open>['user'];

const start = (user: Person) => user.click(screen.getByRole('button', { name: 'Start the interview' }));

it('sends those who have brought nothing to the start', () => {
  open();
  expect(screen.getByRole('heading', { name: 'Nothing to prepare yet' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Go to the start' })).toHaveAttribute('href', '/');
});

describe('the set-up', () => {
  it('fits the papers at first, and is kept as chosen', async () => {
    servePreparation();
    bring();
    const { user } = open();
    expect(screen.getByRole('radio', { name: /^First steps/ })).toBeChecked();
    expect(screen.getByText('5 minutes · First steps · Professional')).toBeVisible();
    await user.click(screen.getByRole('radio', { name: /^Expert/ }));
    await user.click(screen.getByRole('radio', { name: /^20 minutes/ }));
    await user.click(screen.getByRole('radio', { name: /^Direct/ }));
    await user.click(screen.getByRole('checkbox', { name: /^Technical/ }));
    await user.click(screen.getByRole('checkbox', { name: /^Case/ }));
    expect(screen.getByText('20 minutes · Expert · Direct')).toBeVisible();
    expect(kept().settings).toEqual({
      difficulty: 'advanced',
      types: ['behavioral', 'case'],
      minutes: '20',
      personality: 'direct',
      questions: '',
    });
  });

  it('fits the resume alone once it has been fetched', async () => {
    servePreparation(resume({ seniority: 'senior' }));
    bring({ job: null });
    open();
    await waitFor(() => expect(screen.getByRole('radio', { name: /^Expert/ })).toBeChecked());
  });

  it('says that there is no trade to ask about, while that would be asked', async () => {
    servePreparation(resume({ headline: null, experience: [] }));
    bring({ job: null });
    const { user } = open();
    expect(await screen.findByText(/neither paper names one yet/)).toBeVisible();
    await user.type(screen.getByLabelText('What you are'), 'Nurse');
    expect(screen.queryByText(/neither paper names one yet/)).toBeNull();
    await user.clear(screen.getByLabelText('What you are'));
    await user.click(screen.getByRole('checkbox', { name: /^Technical/ }));
    expect(screen.queryByText(/neither paper names one yet/)).toBeNull();
  });

  it('says in its place what cannot be, and starts nothing', async () => {
    const { calls } = servePreparation();
    bring();
    const { user } = open();
    await user.click(screen.getByRole('checkbox', { name: /^Behavioral/ }));
    await user.click(screen.getByRole('checkbox', { name: /^Technical/ }));
    await user.click(screen.getByRole('radio', { name: 'Another length' }));
    await user.clear(screen.getByLabelText('Minutes'));
    await user.type(screen.getByLabelText('Minutes'), '2');
    await user.type(screen.getByLabelText(/^Number of questions/), '41');
    await start(user);
    await waitFor(() => expect(screen.getByLabelText('Minutes')).toBeInvalid());
    expect(screen.getByLabelText('Minutes')).toHaveAccessibleDescription(/from 3 to 120/);
    expect(screen.getByRole('group', { name: 'Kinds of question' })).toHaveAccessibleDescription(
      'Choose at least one kind of question.',
    );
    expect(screen.getByLabelText(/^Number of questions/)).toHaveAccessibleDescription(/1 to 40, or leave/);
    expect(calls).toEqual([]);
  });

  it('shows in its place what the server refuses', async () => {
    servePreparation();
    bring();
    const duration = 'This server allows 10 minutes at most.';
    server.use(http.post('/api/configs', () => refusal(422, 'invalid', 'A field.', { duration })));
    const { user, address } = open();
    await screen.findByLabelText('What you are');
    await start(user);
    expect(await screen.findByText(duration)).toBeVisible();
    expect(screen.getByRole('group', { name: 'How long' })).toHaveAccessibleDescription(duration);
    expect(address()).toBe('/prepare');
  });
});

describe('the start', () => {
  it('makes the interview from what was brought and chosen, and goes into the room', async () => {
    const { configs } = servePreparation();
    bring();
    const { user, address } = open();
    await screen.findByLabelText('What you are');
    await user.type(screen.getByLabelText(/^Number of questions/), '7');
    await start(user);
    await waitFor(() => expect(address()).toBe('/interview/one'));
    expect(configs).toHaveLength(1);
    expect(configs[0]).toMatchObject({
      title: 'Nurse',
      job_description: 'Nurse wanted',
      position: 'Nurse',
      difficulty: 'beginner',
      interview_type: ['behavioral', 'technical'],
      duration: 5,
      interviewer_personality: 'professional',
      question_count: 7,
      resume_id: 'resume-1',
    });
  });

  it('is held in the language that was chosen, where a model speaks it', async () => {
    const { configs } = servePreparation(resume(), [
      { provider: 'lab', model: 'm', purpose: 'interviewing', needs_consent: false },
    ]);
    bring({ job: job({ language: 'de' }) });
    const { user, address } = open();
    expect(await screen.findByText(/another language \(Deutsch\)\. You can choose it/)).toBeVisible();
    await user.selectOptions(await screen.findByLabelText('Language'), 'Deutsch');
    await start(user);
    await waitFor(() => expect(address()).toBe('/interview/one'));
    expect(configs[0]).toMatchObject({ language: 'de' });
  });

  it('says what a mark is worth in a language that no model speaks', async () => {
    servePreparation(undefined, [], ['de', 'en']);
    bring({ job: job() });
    const { user } = open();
    await user.selectOptions(await screen.findByLabelText('Language'), 'Deutsch');
    expect(await screen.findByText(/agree with people was measured in English only/)).toBeVisible();
  });

  it('offers no language where only the built-in interviewer asks', async () => {
    servePreparation();
    bring();
    open();
    await screen.findByText(/Nothing of this leaves the server/);
    expect(screen.queryByLabelText('Language')).toBeNull();
  });

  it('needs neither a posting nor a resume', async () => {
    const { configs, calls } = servePreparation();
    bring({ job: null, resumeId: null });
    const { user, address } = open();
    await start(user);
    await waitFor(() => expect(address()).toBe('/interview/one'));
    expect(configs[0]).toMatchObject({
      title: 'General interview',
      job_description: '',
      position: null,
      posting: null,
      resume_id: null,
      question_count: null,
    });
    expect(calls).toEqual(['POST /api/configs', 'POST /api/sessions']);
  });

  it('stores the last correction of the resume before the questions are made', async () => {
    const { calls, resumes } = servePreparation();
    bring();
    const { user, address } = open();
    await user.type(await screen.findByLabelText('Place'), ', UK');
    await start(user);
    await waitFor(() => expect(address()).toBe('/interview/one'));
    expect(calls.slice(0, 2)).toEqual(['PUT /api/resumes/resume-1', 'POST /api/configs']);
    expect(resumes[1]?.location).toBe('Bristol, UK');
  });

  it('starts from the correction even when the window was left and come back to', async () => {
    const { calls, resumes } = servePreparation();
    bring();
    const { user, address } = open();
    const put = () => refusal(503, 'storage_unavailable', 'It is away.');
    server.use(http.put('/api/resumes/:id', put, { once: true }));
    await user.type(await screen.findByLabelText('Place'), ', UK');
    await screen.findByText(/^Not saved yet/);
    focusManager.setFocused(false);
    focusManager.setFocused(true);
    await screen.findByDisplayValue('Bristol, UK');
    await start(user);
    await waitFor(() => expect(address()).toBe('/interview/one'));
    expect(calls.indexOf('POST /api/configs')).toBeGreaterThan(calls.indexOf('PUT /api/resumes/resume-1'));
    expect(resumes[1]?.location).toBe('Bristol, UK');
  });

  it('says why it does not start, and lets one try again', async () => {
    servePreparation();
    bring({ resumeId: null });
    server.use(http.post('/api/sessions', () => HttpResponse.error(), { once: true }));
    const { user, address } = open();
    await start(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
    await start(user);
    await waitFor(() => expect(address()).toBe('/interview/one'));
  });
});
