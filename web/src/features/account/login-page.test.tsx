import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { About } from '@/api/types';
import { keepPreparation, loadPreparation } from '@/lib/preparation';
import { GUEST, ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { LoginPage } from './login-page';

const refused = () => refusal(401, 'unauthenticated', 'Sign in.');

/** Who is here, and whom the server knows: Robin, by one password. */
function serve(here: typeof ROBIN | null, providers: About['sign_in'] = []) {
  const tried: unknown[] = [];
  server.use(
    http.get('/api/users/me', () => (here ? HttpResponse.json(here) : refused())),
    http.get('/api/about', () =>
      HttpResponse.json({
        version: '0.1.0',
        outside: [],
        languages: ['en'],
        sign_in: providers,
      } satisfies About),
    ),
    http.post('/api/users/refresh', refused),
    http.post('/api/users/login', async ({ request }) => {
      const body = (await request.json()) as { password: string };
      tried.push(body);
      if (body.password === 'a quiet green door') return HttpResponse.json({ user: ROBIN });
      return refusal(401, 'wrong_credentials', 'Address or password is wrong.');
    }),
  );
  return tried;
}

type Person = ReturnType<typeof renderPage>['user'];

async function signIn(user: Person, password: string) {
  await user.type(await screen.findByLabelText('E-mail'), 'robin@example.com');
  await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
}

it('signs in and goes to the interviews', async () => {
  const tried = serve(null);
  const { user, address } = renderPage(LoginPage, '/login');
  await signIn(user, 'a quiet green door');
  await waitFor(() => expect(address()).toBe('/history'));
  expect(tried).toEqual([{ email: 'robin@example.com', password: 'a quiet green door' }]);
});

it('says that address or password is wrong, and keeps what was typed', async () => {
  serve(null);
  const { user, address } = renderPage(LoginPage, '/login');
  await signIn(user, 'a loud red door');
  expect(await screen.findByRole('alert')).toHaveTextContent('Address or password is wrong.');
  expect(screen.getByLabelText('E-mail')).toHaveValue('robin@example.com');
  expect(address()).toBe('/login');

  await user.clear(screen.getByLabelText('Password'));
  await user.type(screen.getByLabelText('Password'), 'a quiet green door{Enter}');
  await waitFor(() => expect(address()).toBe('/history'));
});

it('says in its place what is missing, and asks the server nothing', async () => {
  const tried = serve(null);
  const { user } = renderPage(LoginPage, '/login');
  await user.click(await screen.findByRole('button', { name: 'Sign in' }));
  expect(screen.getByLabelText('E-mail')).toHaveAccessibleDescription(/Give the e-mail address/);
  expect(screen.getByLabelText('E-mail')).toBeInvalid();
  expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(/Give your password/);
  expect(tried).toEqual([]);
});

it('shows the password while one wants to see it', async () => {
  serve(null);
  const { user } = renderPage(LoginPage, '/login');
  const password = await screen.findByLabelText('Password');
  expect(password).toHaveAttribute('type', 'password');
  await user.click(screen.getByRole('button', { name: 'Show password' }));
  expect(password).toHaveAttribute('type', 'text');
  await user.click(screen.getByRole('button', { name: 'Hide password' }));
  expect(password).toHaveAttribute('type', 'password');
});

it.each([
  ['/report/one', '/report/one'],
  ['/history?after=x', '/history?after=x'],
  ['https://elsewhere.example', '/history'],
  ['//elsewhere.example', '/history'],
  ['/\\elsewhere.example', '/history'],
  ['/./\\elsewhere.example', '/history'],
  ['/\t/elsewhere.example', '/history'],
  ['/\n/elsewhere.example', '/history'],
  ['javascript:alert(1)', '/history'],
  ['report/one', '/history'],
  ['', '/history'],
])('goes on, asked for %j, to %s', async (next, expected) => {
  serve(null);
  const { user, address } = renderPage(LoginPage, `/login?next=${encodeURIComponent(next)}`);
  await signIn(user, 'a quiet green door');
  await screen.findByText('Another page');
  expect(address()).toBe(expected);
});

it('warns a guest that their interviews do not come along', async () => {
  serve(GUEST);
  keepPreparation({ jobDescription: 'x', job: null, resumeId: null, resumeProblem: null, settings: null });
  const { user, address } = renderPage(LoginPage, '/login');
  expect(await screen.findByText(/does not come along into an account that exists/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'make a new account from it' })).toHaveAttribute(
    'href',
    '/account',
  );
  await signIn(user, 'a quiet green door');
  await waitFor(() => expect(address()).toBe('/history'));
  expect(loadPreparation()).toBeNull();
});

it('says who is signed in already', async () => {
  serve(ROBIN);
  renderPage(LoginPage, '/login');
  expect(await screen.findByText(/You are signed in as Robin Okafor already/)).toBeVisible();
});

it('says until when somebody has to wait after wrong passwords', async () => {
  serve(null);
  const message = 'There were too many attempts with a wrong password. Try again in 40 seconds.';
  server.use(
    http.post('/api/users/login', () =>
      HttpResponse.json(
        { error: 'too_many_attempts', message },
        { status: 429, headers: { 'Retry-After': '40' } },
      ),
    ),
  );
  const { user } = renderPage(LoginPage, '/login');
  await signIn(user, 'wrong');
  const notice = await screen.findByRole('alert');
  expect(notice).toHaveTextContent(message);
  expect(notice).toHaveTextContent(/That is at \d{1,2}:\d{2}:\d{2}/);
});

it('offers the providers that the server knows, and says what a first time means', async () => {
  serve(null, [{ name: 'work', label: 'Work' }]);
  renderPage(LoginPage, '/login?next=/prepare');
  const link = await screen.findByRole('link', { name: 'Continue with Work' });
  expect(link).toHaveAttribute('href', '/api/oauth/work/start?next=%2Fprepare&texts=1');
  expect(screen.getByText(/The first time makes an account/)).toBeVisible();
});

it.each([
  ['oauth_email_taken', /Sign in to it as you did before, then link the provider/],
  ['oauth_denied', /You did not agree/],
  ['<b>made up</b>', /That did not work\. Nothing was changed/],
])('says in words of its own what became of a provider: %s', async (name, words) => {
  serve(null);
  renderPage(LoginPage, `/login?oauth_error=${encodeURIComponent(name)}`);
  expect(await screen.findByRole('alert')).toHaveTextContent(words);
  expect(screen.getByRole('alert')).not.toHaveTextContent('made up');
});
