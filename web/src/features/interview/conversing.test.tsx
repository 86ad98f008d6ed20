import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { keepDraft, readDraft } from '@/lib/drafts';
import { question } from '@/testing/interview';
import { renderPage } from '@/testing/render-page';
import { serveRoom } from '@/testing/room';
import { refusal, server } from '@/testing/server';
import { InterviewPage } from './interview-page';

// jsdom has no layout to scroll.
window.scrollTo = vi.fn();

const LED = question('q1', 'What did you lead?');
const WRONG = question('q2', 'What went wrong?');
const NEXT = question('q3', 'What is next?');

const open = () => renderPage(InterviewPage, '/interview/one', '/interview/:id');
const asks = (content: string) => screen.findByRole('heading', { level: 1, name: content });
const thinks = () => asks('The interviewer is thinking');
const box = () => screen.getByLabelText('Your answer');
const sendIt = () => screen.getByRole('button', { name: 'Send the answer' });

/** A room where a model asks, with the first question open. */
async function enter(questions = [LED, WRONG, NEXT]) {
  const room = serveRoom(questions, { thinking: true });
  const { user, address } = open();
  await asks('What did you lead?');
  await waitFor(() => expect(room.line.open()).toBe(1));
  const answer = async (text: string) => {
    await user.type(box(), text);
    await user.click(sendIt());
  };
  return { room, user, address, answer };
}

/** The reply to the next answer, once it was counted, is what `reply` makes of it. */
function replyWith(room: ReturnType<typeof serveRoom>, reply: () => Response | Promise<Response>) {
  server.use(
    http.post(
      '/api/sessions/one/answers',
      async ({ request }) => {
        const body = (await request.json()) as { question_id: string; content: string };
        const sent = { ...body, key: request.headers.get('idempotency-key') ?? '' };
        room.sent.push(sent);
        void room.count(sent);
        return reply();
      },
      { once: true },
    ),
  );
}

describe('while the interviewer thinks', () => {
  it('shows the answer as kept and empties the box at once', async () => {
    const { room, answer } = await enter();
    await answer('A team of five.');
    await thinks();
    expect(screen.getByText('Your answer is kept.')).toBeVisible();
    expect(screen.getAllByText('A team of five.')[0]).toBeVisible();
    expect(screen.getByText('Saved. 1 answer kept.')).toBeVisible();
    expect(box()).toHaveValue('');
    expect(box()).toHaveAttribute('readonly');
    expect(sendIt()).toBeDisabled();
    expect(readDraft('q1')).toBe('');

    room.ask();
    await asks('What went wrong?');
    expect(screen.queryByText('Your answer is kept.')).toBeNull();
    expect(box()).not.toHaveAttribute('readonly');
    expect(box()).toHaveFocus();
    expect(room.sent).toHaveLength(1);
  });

  it('sends nothing a second time', async () => {
    const { room, user, answer } = await enter();
    await answer('A team of five.');
    await thinks();
    await user.type(box(), 'More{Control>}{Enter}{/Control}');
    await user.click(screen.getByRole('button', { name: 'Pass on this question' }));
    room.ask();
    await asks('What went wrong?');
    expect(box()).toHaveValue('');
    expect(room.sent).toHaveLength(1);
  });

  it('shows the words as they come, and then the question, also when it differs', async () => {
    const { room, answer } = await enter();
    await answer('A team of five.');
    await thinks();
    room.line.writing('Five people is');
    expect(await screen.findByText('Five people is')).toBeVisible();
    room.line.writing('Five people is a handful. What went');
    expect(await screen.findByText('What went')).toBeVisible();
    room.ask(question('q2', 'Who decided?', { lead_in: 'Thank you.' }));
    await asks('Who decided?');
    expect(screen.queryByText('What went')).toBeNull();
    expect(screen.getByText('Thank you.')).toBeVisible();
  });

  it('says each thing once to those who listen', async () => {
    const { room, answer } = await enter();
    const voice = screen.getByRole('heading', { level: 1 }).closest('[aria-live]');
    expect(voice).toHaveTextContent('What did you lead?');
    await answer('A team of five.');
    await thinks();
    const heard: (string | null)[] = [];
    new MutationObserver(() => heard.push(voice?.textContent ?? null)).observe(voice as Element, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    room.line.writing('Five');
    await screen.findByText('Five');
    expect(screen.getByText('Five').closest('[aria-hidden]')).not.toBeNull();
    room.line.writing('Five people.');
    await screen.findByText('Five people.');
    room.ask();
    await asks('What went wrong?');
    expect(heard).toEqual(['What went wrong?']);
  });

  it('is there after a reload, too', async () => {
    const { room, answer } = await enter();
    await answer('A team of five.');
    await thinks();
    cleanup();
    // As when the page closed before it could forget the draft.
    keepDraft('q1', 'A team of five.');
    open();
    await thinks();
    expect(screen.getByText('Your answer is kept.')).toBeVisible();
    expect(readDraft('q1')).toBe('');
    room.line.writing('Five people.');
    expect(await screen.findByText('Five people.')).toBeVisible();
    room.ask();
    await asks('What went wrong?');
  });

  it('can be paused', async () => {
    const { room, user, answer } = await enter();
    await answer('A team of five.');
    await thinks();
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await asks('Paused');
    room.become('active');
    await user.click(within(screen.getByRole('region', { name: 'Paused' })).getByRole('button'));
    await thinks();
  });

  it('says so when it takes long', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 50 });
    try {
      const { answer } = await enter();
      await answer('A team of five.');
      await thinks();
      expect(screen.queryByText(/longer than usual/)).toBeNull();
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await screen.findByText(/longer than usual/)).toBeVisible();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('when things break', () => {
  it('takes no notice of a reply that fails after the answer is on the log', async () => {
    const { room, answer } = await enter();
    replyWith(room, () => refusal(502, 'bad_gateway', 'A proxy gave up.'));
    await answer('A team of five.');
    await thinks();
    expect(screen.getByText('Your answer is kept.')).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
    room.ask();
    await asks('What went wrong?');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText(/another tab/)).toBeNull();
    expect(room.sent).toHaveLength(1);
  });

  it('knows its own answer again when word of it comes after the failure', async () => {
    const { room, answer } = await enter();
    room.line.cut();
    replyWith(room, () => HttpResponse.error());
    await answer('A team of five.');
    await thinks();
    expect(screen.queryByText(/another tab/)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(readDraft('q1')).toBe('');
    expect(screen.getByText('Saved. 1 answer kept.')).toBeVisible();
  });

  it('keeps what was changed after a failure, when the first words had arrived', async () => {
    const { room, user } = await enter();
    // The line stays away until the words are changed.
    let away = true;
    server.use(http.get('/api/sessions/one', () => (away ? HttpResponse.error() : undefined)));
    room.line.cut();
    replyWith(room, () => HttpResponse.error());
    await user.type(box(), 'A team');
    await user.click(sendIt());
    await screen.findByRole('alert');
    await user.type(box(), ' of five');
    away = false;
    await thinks();
    expect(screen.getByText(/was already answered by what you sent first/)).toBeVisible();
    expect(screen.getByText('A team of five')).toBeInTheDocument();
    expect(readDraft('q1')).toBe('A team of five');
  });

  it('goes on by the reply when the line is down', async () => {
    const { room, answer } = await enter();
    server.use(http.get('/api/sessions/one', () => HttpResponse.error()));
    room.line.cut();
    await answer('A team of five.');
    expect(box()).toHaveValue('A team of five.');
    await waitFor(() => expect(room.sent).toHaveLength(1));
    room.ask();
    await asks('What went wrong?');
    expect(box()).toHaveValue('');
    expect(readDraft('q1')).toBe('');
    expect(screen.getByText('Saved. 1 answer kept.')).toBeVisible();
  });

  it('takes up the draft where it is when the line breaks in the middle', async () => {
    const { room, answer } = await enter();
    await answer('A team of five.');
    await thinks();
    room.line.writing('Five peo');
    await screen.findByText('Five peo');
    room.line.cut();
    await screen.findByText(/^Connection lost/);
    expect(screen.queryByText('Five peo')).toBeNull();
    await thinks();
    room.line.writing('Five people. What');
    await waitFor(() => expect(screen.queryByText(/^Connection lost/)).toBeNull());
    expect(await screen.findByText('Five people.')).toBeVisible();
    room.ask();
    await asks('What went wrong?');
  });

  it('finds the question that came while the line was down', async () => {
    const { room, answer } = await enter();
    await answer('A team of five.');
    await thinks();
    room.line.cut();
    room.ask();
    await asks('What went wrong?');
    await waitFor(() => expect(screen.queryByText(/^Connection lost/)).toBeNull());
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('What went wrong?');
  });
});

describe('two tabs', () => {
  it('the other one sees that the interviewer thinks, and gets its words back', async () => {
    const { room, user } = await enter();
    await user.type(box(), 'A team of five');
    room.elsewhere('Nine people');
    await thinks();
    expect(screen.getByText(/was already answered in another tab/)).toBeVisible();
    expect(readDraft('q1')).toBe('A team of five');
    expect(screen.getAllByText('Nine people')[0]).toBeVisible();
    expect(box()).toHaveValue('');
    room.ask();
    await asks('What went wrong?');
  });

  it('the same words from both are one answer', async () => {
    const { room, user } = await enter();
    await user.type(box(), 'A team of five');
    room.elsewhere('A team of five');
    await thinks();
    expect(screen.queryByText(/another tab/)).toBeNull();
    expect(readDraft('q1')).toBe('');
  });
});

describe('the end', () => {
  it('shows the last words before the report', async () => {
    const { room, user, address, answer } = await enter([LED]);
    await answer('A team of five.');
    await thinks();
    room.close('finished', 'Thank you. Goodbye.');
    expect(await asks('That was the interview')).toHaveFocus();
    expect(screen.getByText('Goodbye.')).toBeVisible();
    expect(screen.getByText('Your 1 answer is kept. The report says what was made of it.')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'See the report' }));
    expect(address()).toBe('/report/one');
  });

  it('shows them by the reply when the line is down', async () => {
    const { room, answer } = await enter([LED]);
    server.use(http.get('/api/sessions/one', () => HttpResponse.error()));
    room.line.cut();
    await answer('A team of five.');
    await waitFor(() => expect(room.sent).toHaveLength(1));
    room.close('finished', 'Goodbye.');
    await asks('That was the interview');
    expect(screen.getByText('Goodbye.')).toBeVisible();
  });

  it('says courteously that the tone ended it, and that the answers count', async () => {
    const { room, answer } = await enter();
    await answer('Something rude.');
    await thinks();
    room.close('conduct', 'I am ending the interview here.');
    await asks('The interview ends here');
    expect(screen.getByText('I am ending the interview here.')).toBeVisible();
    expect(screen.getByText(/because of the tone/)).toHaveTextContent(/kept and judged like any other/);
    expect(screen.queryByLabelText('Your answer')).toBeNull();
  });
});
