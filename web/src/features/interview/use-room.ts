import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useState } from 'react';
import { followInterview } from '@/api/live';
import { fetchSession, keepSession, sessionKey } from '@/api/sessions';
import type { Session } from '@/api/types';
import { NOTHING_HEARD, type RoomLog, withHeard } from './room-log';

type Line = 'opening' | 'open' | 'lost' | 'refused';

/** What the live line has told so far, and how it stands. */
export function useRoom(id: string): { log: RoomLog; line: Line } {
  const queries = useQueryClient();
  const [log, hear] = useReducer(withHeard, NOTHING_HEARD);
  const [line, setLine] = useState<Line>('opening');
  useEffect(() => {
    hear({ kind: 'begun' });
    const readUntil = reader(queries, id);
    return followInterview(id, {
      onEvent: (event) => {
        hear({ kind: 'event', event });
        void readUntil(event.seq);
      },
      onDraft: (draft) => hear({ kind: 'draft', draft }),
      onLine: (open) => {
        if (!open) hear({ kind: 'lost' });
        setLine(open ? 'open' : 'lost');
      },
      onSession: (session) => keepSession(queries, session),
      onRefused: () => setLine('refused'),
    });
  }, [id, queries]);
  return { log, line };
}

/** Reads the interview again until it is known as far as its log was heard; one request at a time. */
function reader(queries: QueryClient, id: string) {
  const known = () => queries.getQueryData<Session>(sessionKey(id))?.last_seq ?? Number.POSITIVE_INFINITY;
  let wanted = 0;
  let reading = false;
  return async (seq: number) => {
    wanted = Math.max(wanted, seq);
    if (reading) return;
    reading = true;
    try {
      while (known() < wanted) {
        const before = known();
        keepSession(queries, await fetchSession(id));
        // A server that does not know more yet is not pressed; the next event asks again.
        if (known() === before) break;
      }
    } catch {
      // The line is down as well then, and mending it reads the interview.
    } finally {
      reading = false;
    }
  };
}
