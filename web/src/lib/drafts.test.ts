import { afterEach, expect, it, vi } from 'vitest';
import { draftsBelongTo, keepDraft, readDraft } from './drafts';

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

it('leaves nothing on the device when a sign-in is over, and gives it back to its person', () => {
  draftsBelongTo('ada');
  keepDraft('one', 'I led');
  draftsBelongTo(null);
  expect(Object.values(localStorage).join()).not.toContain('I led');
  expect(readDraft('one')).toBe('I led');
  // What is written meanwhile is in this page alone, and says so.
  expect(keepDraft('one', 'I led a team')).toBe(false);
  expect(Object.values(localStorage).join()).not.toContain('I led');
  draftsBelongTo(null);
  expect(readDraft('one')).toBe('I led a team');

  draftsBelongTo('ada');
  expect(readDraft('one')).toBe('I led a team');
  expect(Object.values(localStorage)).toContain('I led a team');
});

it('gives nobody the drafts of somebody else', () => {
  draftsBelongTo('ada');
  keepDraft('one', 'I led');
  draftsBelongTo(null);
  draftsBelongTo('bob');
  expect(readDraft('one')).toBe('');
  keepDraft('two', 'I followed');
  draftsBelongTo('ada');
  expect(Object.values(localStorage).join()).not.toContain('I followed');
  expect(readDraft('one')).toBe('');
});
