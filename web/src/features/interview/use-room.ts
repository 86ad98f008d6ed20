import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followInterview } from '@/api/live';
import { fetchSession, sessionKey } from '@/api/sessions';
import type { InterviewEvent, Question, Submission } from '@/api/types';

/** A question that was asked, with its answer once it is on the server. */
export type Turn = { question: Question; response: Submission | null };

/** The turns after one more event. */
export function withEvent(turns: Turn[], event: InterviewEvent): Turn[] {
  if (event.kind === 'question_asked') return [...turns, { question: event.data.question, response: null }];
  if (event.kind !== 'answer_received') return turns;
  const { response } = event.data;
  return turns.map((turn) => (turn.question.id === response.question_id ? { ...turn, response } : turn));
}

type Line = 'opening' | 'open' | 'lost' | 'refused';

/** The turns so far, followed live, and how the line stands. */
export function useRoom(id: string): { turns: Turn[]; line: Line } {
  const queries = useQueryClient();
  const [turns, setTurns] = useState<Turn[]>([]);
  const [line, setLine] = useState<Line>('opening');
  useEffect(() => {
    setTurns([]);
    return followInterview(id, {
      onEvent: (event) => {
        setTurns((before) => withEvent(before, event));
        const known = queries.getQueryData<{ last_seq: number }>(sessionKey(id));
        if (!known || known.last_seq >= event.seq) return;
        void queries.fetchQuery({ queryKey: sessionKey(id), queryFn: () => fetchSession(id), staleTime: 0 });
      },
      onLine: (open) => setLine(open ? 'open' : 'lost'),
      onSession: (session) => queries.setQueryData(sessionKey(id), session),
      onRefused: () => setLine('refused'),
    });
  }, [id, queries]);
  return { turns, line };
}
