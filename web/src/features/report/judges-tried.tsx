import type { Judge } from '@/api/types';
import { day } from '@/lib/format';

/** What the judges showed on the ladder: answers whose order is known. */
export function JudgesTried({ judges }: { judges: Judge[] }) {
  return <>{judges.map(inWords).join(' ')}</>;
}

function inWords({ engine, ladder }: Judge): string {
  return ladder
    ? `${engine.name} on the ladder of ${day(ladder.at)}: ${ladder.words}.`
    : `${engine.name} was not tried on the ladder yet.`;
}
