import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useAutosave } from './use-autosave';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

/** A server whose answers are given by hand; `saved` is what arrived. */
function fakeServer() {
  const saved: string[] = [];
  const calls: { answer: () => void; fail: () => void }[] = [];
  const save = (value: string) =>
    new Promise<void>((resolve, reject) => {
      saved.push(value);
      calls.push({ answer: resolve, fail: () => reject(new Error('away')) });
    });
  const settle = (at: number, how: 'answer' | 'fail') => act(async () => calls[at]?.[how]());
  return { saved, save, settle };
}

function editor() {
  const { saved, save, settle } = fakeServer();
  const { result, unmount } = renderHook(() => useAutosave(save, 600));
  const type = (value: string) => act(() => result.current.change(value));
  return {
    saved,
    settle,
    type,
    unmount,
    now: () => result.current.state,
    flush: () => result.current.flush(),
  };
}

it('saves a moment after the last change, and only the last value', async () => {
  const { saved, settle, type, now } = editor();
  expect(now()).toBe('saved');
  type('R');
  await wait(500);
  type('Ro');
  await wait(599);
  expect(saved).toEqual([]);
  expect(now()).toBe('waiting');
  await wait(1);
  expect(saved).toEqual(['Ro']);
  expect(now()).toBe('waiting');
  await settle(0, 'answer');
  expect(now()).toBe('saved');
  await wait(5000);
  expect(saved).toEqual(['Ro']);
});

it('makes one call at a time, so that an older value never comes last', async () => {
  const { saved, settle, type, now } = editor();
  type('first');
  await wait(600);
  type('second');
  await wait(5000);
  expect(saved).toEqual(['first']);
  await settle(0, 'answer');
  expect(saved).toEqual(['first', 'second']);
  expect(now()).toBe('waiting');
  await settle(1, 'answer');
  expect(now()).toBe('saved');
});

it('says that a save failed, and the next change carries it', async () => {
  const { saved, settle, type, now } = editor();
  type('first');
  await wait(600);
  await settle(0, 'fail');
  expect(now()).toBe('failed');
  type('first and more');
  await wait(600);
  expect(saved).toEqual(['first', 'first and more']);
  await settle(1, 'answer');
  expect(now()).toBe('saved');
});

it('saves at once when asked, and once', async () => {
  const { saved, settle, type, flush } = editor();
  type('first');
  let done = false;
  const flushed = flush().then(() => {
    done = true;
  });
  await wait(0);
  expect(saved).toEqual(['first']);
  expect(done).toBe(false);
  await settle(0, 'answer');
  await flushed;
  await wait(5000);
  expect(saved).toEqual(['first']);
});

it('throws what the call threw, and keeps the value for the next try', async () => {
  const { saved, settle, type, flush } = editor();
  type('first');
  const refused = expect(flush()).rejects.toThrow('away');
  await wait(0);
  await settle(0, 'fail');
  await refused;
  const again = flush();
  await wait(0);
  expect(saved).toEqual(['first', 'first']);
  await settle(1, 'answer');
  await again;
});

it('has nothing to save before a change', async () => {
  const { saved, flush, unmount } = editor();
  await flush();
  unmount();
  await wait(5000);
  expect(saved).toEqual([]);
});

it('saves what is left when the page goes away', async () => {
  const { saved, type, unmount } = editor();
  type('last words');
  unmount();
  await wait(0);
  expect(saved).toEqual(['last words']);
});
