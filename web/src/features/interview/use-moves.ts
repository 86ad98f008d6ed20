import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/errors';
import { fetchSession, historyKey, keepSession, moveSession } from '@/api/sessions';
import type { Session } from '@/api/types';

/** Pausing, going on and ending. `hold` keeps the draft before the page changes. */
export function useMoves(session: Session, hold: () => void) {
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: (action: 'pause' | 'resume' | 'complete') => {
      hold();
      return moveSession(session.id, action);
    },
    onSuccess: (moved) => {
      keepSession(queries, moved);
      void queries.invalidateQueries({ queryKey: historyKey });
    },
    // Another tab may have moved it already: show how it stands.
    onError: async (error) => {
      if (!(error instanceof ApiError) || error.status !== 409) return;
      keepSession(queries, await fetchSession(session.id));
    },
  });
  const pauseOrGoOn = () => {
    if (!move.isPending) move.mutate(session.status === 'paused' ? 'resume' : 'pause');
  };
  return { move, pauseOrGoOn };
}
