import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readDraft } from '@/lib/drafts';
import { question } from '@/testing/interview';
import { renderPage } from '@/testing/render-page';
import { serveRoom } from '@/testing/room';
import { refusal, server } from '@/testing/server';
import { InterviewPage } from './interview-page';

// jsdom has no layout to scroll.
window.scrollTo = vi.fn();
afterEach(() => vi.restoreAllMocks());

const LED = question('q1', 'What did you lead?');
const WRONG = question('q2', 'What went wrong?');
const NEXT = question('q3', 'What is next?');

const open = () => renderPage(InterviewPage, '/interview/one', '/interview/:id');
const asks = (content: string) => screen.findByRole('heading', { level: 1, name: content });
const box = () => screen.getByLabelText('Your answer');
const sendIt = () => screen.getByRole('button', { name: 'Send the answer' });
const pass = () => screen.getByRole('button', { name: 'Pass on this question' });

it('shows the way back in to those who were signed out, and keeps what they wrote', async () => {
  serveRoom([LED, WRONG]);
  server.use(http.post('/api/sessions/one/answers', () => refusal(401, 'unauthenticated', 'Sign in again.')));
  server.use(http.post('/api/users/refresh', () => refusal(401, 'unauthenticated', 'No.')));
  const { user } = open();
  await asks('What did you lead?');
  await user.type(box(), 'A team of five.');
  await user.click(sendIt());
  const link = await screen.findByRole('link', { name: 'Sign in' });
  expect(link).toHaveAttribute('href', '/login?next=%2Finterview%2Fone');
  expect(readDraft('q1')).toBe('A team of five.');
});

type Room = ReturnType<typeof serveRoom>;
type Sent = Room['sent'][number];

/** The next answer fails on the wire; when it `arrived`, the server has counted it all the same. */
function failOnce(room: Room, { arrived }: { arrived: boolean }) {
  server.use(
    http.post(
      '/api/sessions/one/answers',
      async ({ request }) => {
        const body = (await request.json()) as Omit<Sent, 'key'>;
        const sent = { ...body, key: request.headers.get('idempotency-key') ?? '' };
        room.sent.push(sent);
        if (arrived) room.count(sent);
        return HttpResponse.error();
      },
      { once: true },
    ),
  );
}

/** The next answer is counted after what happens before it, or refused; the word of that is held back. */
function holdAnswer(room: Room, before = () => {}) {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let arrived = false;
  server.use(
    http.post(
      '/api/sessions/one/answers',
      async ({ request }) => {
        before();
        const answer = room.count({ ...((await request.json()) as Omit<Sent, 'key'>), key: 'held' });
        arrived = true;
        await held;
        return answer;
      },
      { once: true },
    ),
  );
  return { letGo: () => letGo(), arrived: () => waitFor(() => expect(arrived).toBe(true)) };
}

describe('the draft', () => {
  it('is there again after a reload, and gone once it is sent', async () => {
    serveRoom([LED, WRONG]);
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    expect(screen.getByText(/draft kept on this device/)).toBeVisible();

    cleanup();
    const again = open();
    await asks('What did you lead?');
    expect(box()).toHaveValue('A team of five');
    await again.user.click(sendIt());
    await asks('What went wrong?');
    expect(box()).toHaveValue('');
    expect(readDraft('q1')).toBe('');
  });

  it('says so where the browser keeps none', async () => {
    serveRoom([LED]);
    const { user } = open();
    await asks('What did you lead?');
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await user.type(box(), 'A team');
    expect(screen.getByText(/this browser keeps no drafts/)).toBeVisible();
    expect(box()).toHaveValue('A team');
  });
});

describe('sending', () => {
  it('sends once, however often one presses', async () => {
    const room = serveRoom([LED, WRONG]);
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    let arrive = () => {};
    const gate = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    server.use(
      http.post('/api/sessions/one/answers', async () => {
        await gate;
      }),
    );
    await user.click(sendIt());
    await user.click(sendIt());
    await user.type(box(), '{Control>}{Enter}{/Control}');
    arrive();
    await asks('What went wrong?');
    expect(room.sent).toHaveLength(1);
  });

  it('repeats a failed one under the same key, so that it counts once', async () => {
    const room = serveRoom([LED, WRONG, NEXT]);
    failOnce(room, { arrived: false });
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    await user.click(sendIt());
    expect(await screen.findByRole('alert')).toHaveTextContent(/It will count once, even if it did arrive/);
    expect(box()).toHaveValue('A team of five');
    await user.click(sendIt());
    await asks('What went wrong?');
    const [first, second] = room.sent;
    expect(first?.key).not.toBe('');
    expect(second).toEqual(first);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('takes another key for other words, and for another question', async () => {
    const room = serveRoom([LED, WRONG, NEXT]);
    failOnce(room, { arrived: false });
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team');
    await user.click(sendIt());
    await screen.findByRole('alert');
    await user.type(box(), ' of five');
    await user.click(sendIt());
    await asks('What went wrong?');
    await user.click(pass());
    await asks('What is next?');
    expect(new Set(room.sent.map(({ key }) => key)).size).toBe(3);
  });

  it('passes on the next question, too, when the first pass arrived but its answer was lost', async () => {
    const room = serveRoom([LED, WRONG, NEXT]);
    failOnce(room, { arrived: true });
    const { user } = open();
    await asks('What did you lead?');
    await user.click(pass());
    await asks('What went wrong?');
    await user.click(pass());
    await asks('What is next?');
    expect(room.sent.map(({ question_id }) => question_id)).toEqual(['q1', 'q2']);
  });

  it('leaves the trouble with one question behind when the next is asked', async () => {
    const room = serveRoom([LED, WRONG]);
    failOnce(room, { arrived: false });
    const { user } = open();
    await asks('What did you lead?');
    await user.click(pass());
    await screen.findByRole('alert');
    room.elsewhere('A team');
    await asks('What went wrong?');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('does not take its own answer for that of another tab when the line is faster', async () => {
    const room = serveRoom([LED, WRONG, NEXT]);
    const hold = holdAnswer(room);
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    await user.click(sendIt());
    await hold.arrived();
    await asks('What went wrong?');
    expect(screen.queryByText(/already answered in another tab/)).toBeNull();
    await user.type(box(), 'The queue');
    expect(sendIt()).not.toHaveAttribute('aria-disabled');
    hold.letGo();
    expect(await screen.findByText('Saved. 1 answer kept.')).toBeVisible();
    expect(box()).toHaveValue('The queue');
    expect(readDraft('q1')).toBe('');
    expect(readDraft('q2')).toBe('The queue');
    // What is being written is still known as such.
    room.elsewhere('Nothing');
    await asks('What is next?');
    expect(screen.getByText('The queue')).toBeInTheDocument();
  });

  it('gives back what was on its way when another tab was faster after all', async () => {
    const room = serveRoom([LED, WRONG]);
    const hold = holdAnswer(room, () => room.elsewhere('Nine people'));
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    await user.click(sendIt());
    await hold.arrived();
    await asks('What went wrong?');
    hold.letGo();
    expect(await screen.findByText(/already answered in another tab/)).toBeVisible();
    expect(screen.getByText('A team of five')).toBeInTheDocument();
    expect(readDraft('q1')).toBe('A team of five');
    expect(box()).toHaveValue('');
  });
});

describe('two tabs', () => {
  it('gives back what was written when another tab was faster', async () => {
    const room = serveRoom([LED, WRONG]);
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    room.elsewhere('Nine people');
    await asks('What went wrong?');
    expect(screen.getByText(/“What did you lead\?” was already answered in another tab/)).toBeVisible();
    expect(screen.getByText('A team of five')).toBeInTheDocument();
    expect(box()).toHaveValue('');
    await user.click(screen.getByRole('button', { name: 'Copy it' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe('A team of five');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/already answered in another tab/)).toBeNull();
    expect(readDraft('q1')).toBe('A team of five');
    const soFar = within(screen.getByRole('complementary', { name: 'So far' }));
    expect(await soFar.findByText('Nine people')).toBeInTheDocument();
  });

  it('gives it back when the refusal comes first', async () => {
    const room = serveRoom([LED, WRONG]);
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    room.line.cut();
    room.elsewhere('Nine people');
    await user.click(sendIt());
    await asks('What went wrong?');
    expect(screen.getByText(/“What did you lead\?” was already answered in another tab/)).toBeVisible();
    expect(screen.getByText('A team of five')).toBeInTheDocument();
    expect(box()).toHaveValue('');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says nothing when nothing was written', async () => {
    const room = serveRoom([LED, WRONG]);
    open();
    await asks('What did you lead?');
    room.elsewhere('Nine people');
    await asks('What went wrong?');
    expect(screen.queryByText(/another tab/)).toBeNull();
  });

  it('keeps the answer when another tab has paused', async () => {
    const room = serveRoom([LED, WRONG]);
    const { user } = open();
    await asks('What did you lead?');
    await user.type(box(), 'A team of five');
    room.become('paused');
    await user.click(sendIt());
    await asks('Paused');
    expect(readDraft('q1')).toBe('A team of five');
    const paused = within(screen.getByRole('region', { name: 'Paused' }));
    await user.click(paused.getByRole('button', { name: 'Go on' }));
    await asks('What did you lead?');
    expect(box()).toHaveValue('A team of five');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a broken line', () => {
  it('says so, keeps the draft, and goes on where the interview is', async () => {
    const room = serveRoom([LED, WRONG]);
    const { user } = open();
    await asks('What did you lead?');
    await waitFor(() => expect(room.line.open()).toBe(1));
    await user.type(box(), 'A team');
    room.line.cut();
    expect(await screen.findByText(/^Connection lost/)).toBeVisible();
    expect(box()).toHaveValue('A team');
    await waitFor(() => expect(screen.queryByText(/^Connection lost/)).toBeNull());
    expect(room.line.open()).toBe(1);
    expect(box()).toHaveValue('A team');
  });
});
