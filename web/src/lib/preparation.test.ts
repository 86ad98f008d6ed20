import { afterEach, expect, it, vi } from 'vitest';
import { forgetDevice } from './forget-device';
import { keepPreparation, loadPreparation, type Preparation } from './preparation';

afterEach(() => vi.restoreAllMocks());

const BROUGHT: Preparation = {
  jobDescription: 'Nurse wanted',
  job: null,
  resumeId: 'resume-1',
  resumeProblem: null,
  settings: { difficulty: 'beginner', types: ['case'], minutes: '', personality: 'direct', questions: '7' },
};

it('gives back what was brought, with an empty box still empty', () => {
  keepPreparation(BROUGHT);
  expect(loadPreparation()).toEqual(BROUGHT);
});

it('has nothing at first, and nothing once it is forgotten', () => {
  expect(loadPreparation()).toBeNull();
  keepPreparation(BROUGHT);
  keepPreparation(null);
  expect(loadPreparation()).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});

it('stays in this tab where the browser forbids storage, until it is forgotten', () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(blocked);
  keepPreparation(BROUGHT);
  expect(loadPreparation()).toEqual(BROUGHT);
  forgetDevice();
  expect(loadPreparation()).toBeNull();
});

it('stays in this tab', () => {
  keepPreparation(BROUGHT);
  expect(localStorage).toHaveLength(0);
});

it('takes what cannot be read for nothing', () => {
  keepPreparation(BROUGHT);
  const [key = ''] = Object.keys(sessionStorage);
  sessionStorage.setItem(key, '{"jobDescription": "Nur');
  expect(loadPreparation()).toBeNull();
});
