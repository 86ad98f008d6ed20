import { afterEach, expect, it, vi } from 'vitest';
import { keepDraft, readDraft } from './drafts';

afterEach(() => vi.restoreAllMocks());

it('gives back what was kept, for each question its own', () => {
  expect(keepDraft('one', 'I led')).toBe(true);
  keepDraft('two', ' with a space before\n');
  expect(readDraft('one')).toBe('I led');
  expect(readDraft('two')).toBe(' with a space before\n');
  expect(readDraft('three')).toBe('');
});

it('forgets a draft that has become blank', () => {
  keepDraft('one', 'I led');
  expect(keepDraft('one', ' \n')).toBe(true);
  expect(readDraft('one')).toBe('');
  expect(localStorage).toHaveLength(0);
});

it('says so when the device is full', () => {
  keepDraft('one', 'first');
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(keepDraft('one', 'first and second')).toBe(false);
  expect(readDraft('one')).toBe('first');
});

it('goes on without storage where the browser forbids it', () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  expect(keepDraft('one', 'I led')).toBe(false);
  expect(readDraft('one')).toBe('');
});
