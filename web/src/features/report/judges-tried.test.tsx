import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Judge } from '@/api/types';
import { JudgesTried } from './judges-tried';

const LADDER = {
  at: '2026-11-21T12:00:00Z',
  questions: 42,
  of: 42,
  rank_correlation: 0.968,
  inversions: 1,
  passed: false,
  failed: ['inversions'],
  words: 'rank correlation .97, 1 inversion; failed: inversions',
};

const judge = (name: string, ladder: Judge['ladder']): Judge => ({
  engine: { kind: 'llm', name, version: 'judge-v1' },
  ladder,
});

it('says what each judge showed, and when', () => {
  render(<JudgesTried judges={[judge('lab/m1', LADDER), judge('scorer', null)]} />);
  const line =
    /^lab\/m1 on the ladder of .*2026: rank correlation \.97, 1 inversion; failed: inversions\. scorer was not/;
  expect(screen.getByText(line)).toBeVisible();
});

it('says when nobody has tried it', () => {
  render(<JudgesTried judges={[judge('lab/m1', null)]} />);
  expect(screen.getByText('lab/m1 was not tried on the ladder yet.')).toBeVisible();
});

it('is silent while nobody has judged', () => {
  const { container } = render(<JudgesTried judges={[]} />);
  expect(container).toBeEmptyDOMElement();
});
