import type { Mark } from './probe.ts';

/** What the server must be started with to tell. */
export const TELLS = { GREENROOM__LOGS__LEVEL: 'info,greenroom_live::voice=debug' };

type Line = { timestamp: string; fields: { message: string; turn?: number } };

const ABOUT = { 'a turn was taken for finished': 'turn', 'the interviewer is to be silent': 'silence' } as const;

/** What the server decided, by the lines of its log. */
export function decidedIn(said: string[]): Mark[] {
  return said.flatMap((line): Mark[] => {
    const about = Object.entries(ABOUT).find(([message]) => line.includes(message))?.[1];
    if (!about || !line.startsWith('{')) return [];
    const { timestamp, fields } = JSON.parse(line) as Line;
    return [{ what: 'decided', at: millis(timestamp), about, turn: fields.turn ?? null }];
  });
}

/** `Date` drops what is below a ms. */
function millis(timestamp: string): number {
  const [, beyond = ''] = /\.\d{3}(\d*)/.exec(timestamp) ?? [];
  return Date.parse(timestamp) + Number(`0.${beyond || '0'}`);
}
