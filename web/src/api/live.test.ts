import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { asked, question } from '@/testing/interview';
import { serveLine } from '@/testing/live-line';
import { session } from '@/testing/people';
import { server } from '@/testing/server';
import { type Draft, followInterview } from './live';

let hangUp = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  // No scatter in the waiting: half a second first, then twice as long each time.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  hangUp();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const event = (seq: number) => asked(seq, question(`q${seq}`, `Question ${seq}`));
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Waits for something that must happen, also on a machine with other work. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

/** Follows interview one; what is heard stands in `events`, how the line stood in `line`. */
function follow() {
  const events: number[] = [];
  const line: boolean[] = [];
  const drafts: Draft[] = [];
  const sessions: string[] = [];
  const refused: unknown[] = [];
  hangUp = followInterview('one', {
    onEvent: ({ seq }) => events.push(seq),
    onDraft: (draft) => drafts.push(draft),
    onLine: (open) => line.push(open),
    onSession: ({ status }) => sessions.push(status),
    onRefused: (error) => refused.push(error),
  });
  return { events, drafts, line, sessions, refused };
}

/** Answers the request that looks why a line broke; counts how often it came. */
function serveSession(answer: () => Response | Promise<Response> = () => HttpResponse.json(session('one'))) {
  const look = vi.fn(answer);
  server.use(http.get('/api/sessions/one', look));
  return look;
}

it('hears the whole log from its start, then what happens', async () => {
  const live = serveLine([event(1), event(2)]);
  const { events, line } = follow();
  await until(() => expect(line).toEqual([true]));
  expect(live.marks).toEqual([0]);
  live.say(event(3));
  await until(() => expect(events).toEqual([1, 2, 3]));
});

it('passes on what is being written, and tells it from the log', async () => {
  const live = serveLine([event(1)]);
  const { events, drafts, line } = follow();
  await until(() => expect(line).toEqual([true]));
  live.writing('');
  live.writing('Thank you.');
  live.writing(null);
  await until(() =>
    expect(drafts).toEqual([
      { at_work: true, words: '' },
      { at_work: true, words: 'Thank you.' },
      { at_work: false, words: '' },
    ]),
  );
  expect(events).toEqual([1]);
});

it('mends a broken line and takes up where it broke', async () => {
  const live = serveLine([event(1), event(2)]);
  const look = serveSession();
  const { events, line, sessions } = follow();
  await until(() => expect(line).toEqual([true]));
  live.cut();
  await until(() => expect(line).toEqual([true, false]));
  // Happens while the line is down.
  live.say(event(3));
  await until(() => expect(line).toEqual([true, false, true]));
  expect(live.marks).toEqual([0, 2]);
  expect(events).toEqual([1, 2, 3]);
  expect(look).toHaveBeenCalledTimes(1);
  expect(sessions).toEqual(['active']);
});

it('tells each event once, even when it is said again', async () => {
  const live = serveLine([event(1), event(2)]);
  const { events, line } = follow();
  await until(() => expect(line).toEqual([true]));
  live.repeat(event(1));
  live.repeat(event(2));
  live.say(event(3));
  live.repeat(event(3));
  live.say(event(4));
  await until(() => expect(events).toContain(4));
  expect(events).toEqual([1, 2, 3, 4]);
});

it('waits longer after each failure, eight seconds at most, and briefly again once it stood', async () => {
  const live = serveLine();
  let away = true;
  const look = serveSession(() => (away ? HttpResponse.error() : HttpResponse.json(session('one'))));
  const { line } = follow();
  await until(() => expect(line).toEqual([true]));
  live.cut();
  await until(() => expect(line).toContain(false));
  await pass(100);
  const tries = async (ms: number) => {
    await pass(ms);
    return look.mock.calls.length;
  };
  expect(await tries(500)).toBe(1);
  expect(await tries(1000)).toBe(2);
  expect(await tries(2000)).toBe(3);
  expect(await tries(4000)).toBe(4);
  expect(await tries(8000)).toBe(5);
  expect(await tries(8000)).toBe(6);
  away = false;
  await pass(8000);
  await until(() => expect(line.at(-1)).toBe(true));
  live.cut();
  await until(() => expect(line.at(-1)).toBe(false));
  const before = look.mock.calls.length;
  expect(await tries(600)).toBe(before + 1);
});

it('does not wait when the device is online again', async () => {
  const live = serveLine();
  let away = true;
  serveSession(() => (away ? HttpResponse.error() : HttpResponse.json(session('one'))));
  const { line } = follow();
  await until(() => expect(line).toEqual([true]));
  live.cut();
  await pass(10_000);
  expect(line.at(-1)).toBe(false);
  away = false;
  window.dispatchEvent(new Event('online'));
  await pass(50);
  expect(line.at(-1)).toBe(true);
});

it('leaves a line that stands alone when the device says it is online', async () => {
  const live = serveLine();
  serveSession();
  const { line } = follow();
  await until(() => expect(line).toEqual([true]));
  window.dispatchEvent(new Event('online'));
  await pass(5000);
  expect(line).toEqual([true]);
  expect(live.marks).toHaveLength(1);
});

it('opens one line when the device comes online while the line is being mended', async () => {
  const live = serveLine();
  const gates: (() => void)[] = [];
  serveSession(async () => {
    await new Promise<void>((open) => gates.push(open));
    return HttpResponse.json(session('one'));
  });
  const { line } = follow();
  await until(() => expect(line).toEqual([true]));
  live.cut();
  await until(() => expect(gates).toHaveLength(1));
  window.dispatchEvent(new Event('online'));
  await pass(50);
  for (const open of gates) open();
  await until(() => expect(line.at(-1)).toBe(true));
  await pass(50);
  expect(live.open()).toBe(1);
  hangUp();
  await pass(50);
  expect(live.open()).toBe(0);
});

it.each([401, 403, 404])('gives up when the server refuses the interview with %d', async (status) => {
  const live = serveLine();
  const look = serveSession(() => HttpResponse.json({ error: 'no', message: 'No.' }, { status }));
  if (status === 401) renewalRefused();
  const { line, refused } = follow();
  await until(() => expect(line).toEqual([true]));
  live.cut();
  await until(() => expect(refused).toEqual([expect.objectContaining({ status })]));
  await pass(60_000);
  expect(look).toHaveBeenCalledTimes(1);
  expect(live.open()).toBe(0);
});

/** The sign-in cannot be renewed either. */
function renewalRefused() {
  server.use(http.post('/api/users/refresh', () => new HttpResponse(null, { status: 401 })));
}

it('keeps the line awake, and hangs up for good', async () => {
  const live = serveLine([event(1)]);
  const look = serveSession();
  const { events, line } = follow();
  await until(() => expect(line).toEqual([true]));
  await pass(15_000);
  expect(live.heard).toEqual([{ kind: 'ping' }]);

  hangUp();
  await pass(50);
  expect(vi.getTimerCount()).toBe(0);
  live.say(event(2));
  window.dispatchEvent(new Event('online'));
  await pass(60_000);
  expect(live.open()).toBe(0);
  expect(line).toEqual([true]);
  expect(events).toEqual([1]);
  expect(live.heard).toHaveLength(1);
  expect(look).not.toHaveBeenCalled();
});

it('takes a line that has gone silent for dead, and mends it', async () => {
  const live = serveLine();
  serveSession();
  const { line } = follow();
  await until(() => expect(line).toEqual([true]));
  await pass(120_000);
  expect(line).toEqual([true]);
  live.fallSilent();
  await pass(50_000);
  await until(() => expect(line).toEqual([true, false, true]));
  expect(live.open()).toBe(1);
});
