import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '@/api/errors';
import { type Finding, type ModelSettings, type ModelTestPart, testModel } from '@/api/models';

export const PARTS: { part: ModelTestPart; doing: string }[] = [
  { part: 'answer', doing: 'Asking it for a word, at most 25 seconds' },
  { part: 'json', doing: 'Asking for structured output, at most 10 seconds' },
  { part: 'resume', doing: 'Sending a whole resume, at most 25 seconds' },
  { part: 'cost', doing: 'Working out the cost' },
];

export type Trial = {
  /** Parts that are done. */
  done: number;
  running: boolean;
  findings: Finding[];
  /** What kept the trial itself from going on. */
  failure: unknown;
};

/** Tries a model out, part by part; `start` begins anew, and what came before is forgotten. */
export function useTrial() {
  const [trial, setTrial] = useState<Trial | null>(null);
  const run = useRef(0);
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );
  const start = useCallback(async (name: string, settings: ModelSettings | null) => {
    run.current += 1;
    const mine = run.current;
    let now: Trial = { done: 0, running: true, findings: [], failure: null };
    const show = (changes: Partial<Trial>) => {
      now = { ...now, ...changes };
      if (run.current === mine) setTrial(now);
    };
    show({});
    try {
      for (const { part } of PARTS) {
        const { findings, goes_on } = await testModel(name, part, settings);
        if (run.current !== mine) return;
        show({ done: now.done + 1, findings: [...now.findings, ...findings] });
        if (!goes_on) break;
      }
      show({ running: false });
    } catch (failure) {
      show({ running: false, failure });
    }
  }, []);
  const forget = useCallback(() => {
    run.current += 1;
    setTrial(null);
  }, []);
  return { trial, start, forget };
}

/** How the trial went, in a sentence. */
export function outcomeOf({ findings, failure }: Trial): string {
  if (failure) return messageOf(failure);
  const failed = findings.filter(({ passed }) => !passed).length;
  if (failed === 0) return 'All well.';
  const most = failed === 1 ? 'One thing needs a look.' : `${failed} things need a look.`;
  return `${most} Interviews go on all the same: the built-in engine stands behind every model.`;
}
