import { afterEach, expect, it, vi } from 'vitest';
import { keepDraft, readDraft } from './drafts';
import { forgetDevice } from './forget-device';
import { keepPreparation, loadPreparation } from './preparation';

afterEach(() => vi.restoreAllMocks());

it('forgets every draft and the papers, and keeps the theme', () => {
  for (const question of ['one', 'two', 'three']) keepDraft(question, 'I led');
  localStorage.setItem('greenroom.theme', 'dark');
  keepPreparation({ jobDescription: 'x', job: null, resumeId: null, resumeProblem: null, settings: null });

  forgetDevice();

  expect(['one', 'two', 'three'].map(readDraft)).toEqual(['', '', '']);
  expect(loadPreparation()).toBeNull();
  expect(Object.keys(localStorage)).toEqual(['greenroom.theme']);
});

it('does nothing where the browser forbids storage', () => {
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  expect(forgetDevice).not.toThrow();
});
