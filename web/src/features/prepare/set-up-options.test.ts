import { expect, it } from 'vitest';
import type { Seniority } from '@/api/types';
import { job, resume } from '@/testing/papers';
import { inWords, suggestedSettings } from './set-up-options';

it.each<[Seniority, string]>([
  ['junior', 'beginner'],
  ['mid', 'intermediate'],
  ['senior', 'advanced'],
  ['lead', 'advanced'],
])('suggests for a %s position that questions are for the %s', (seniority, difficulty) => {
  expect(suggestedSettings(job({ seniority }), undefined).difficulty).toBe(difficulty);
});

it('goes by the posting before the resume, and by neither when both are silent', () => {
  const senior = resume({ seniority: 'senior' });
  expect(suggestedSettings(job({ seniority: 'junior' }), senior).difficulty).toBe('beginner');
  expect(suggestedSettings(job({ seniority: null }), senior).difficulty).toBe('advanced');
  expect(suggestedSettings(null, senior).difficulty).toBe('advanced');
  expect(suggestedSettings(job({ seniority: null }), undefined).difficulty).toBe('intermediate');
});

it('says the set-up in a line', () => {
  const settings = { ...suggestedSettings(null, undefined), minutes: '20', personality: 'direct' as const };
  expect(inWords(settings)).toBe('20 minutes · Experienced · Direct');
});
