import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '@/api/errors';
import { deleteRecording, recordingKey } from '@/api/recording';
import { historyKey, reportKey } from '@/api/sessions';

/** Time to think better of it, ms. */
const WAIT_MS = 8_000;

/** Deletes a recording after a while in which it can be taken back; leaving the page takes nothing back. */
export function useDeleteRecording(sessionId: string) {
  const queries = useQueryClient();
  const [state, setState] = useState<'kept' | 'going' | 'gone'>('kept');
  const [failure, setFailure] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isDue = useRef(false);

  const send = useCallback(
    async (isLeaving: boolean) => {
      if (!isDue.current) return;
      isDue.current = false;
      clearTimeout(timer.current);
      try {
        await deleteRecording(sessionId, isLeaving);
        setState('gone');
        void queries.invalidateQueries({ queryKey: recordingKey(sessionId) });
        void queries.invalidateQueries({ queryKey: reportKey(sessionId) });
        void queries.invalidateQueries({ queryKey: historyKey });
      } catch (error) {
        setFailure(messageOf(error));
        setState('kept');
      }
    },
    [queries, sessionId],
  );
  useEffect(() => {
    const leave = () => void send(true);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [send]);

  return {
    state,
    failure,
    begin: () => {
      isDue.current = true;
      setFailure(null);
      setState('going');
      timer.current = setTimeout(() => void send(false), WAIT_MS);
    },
    undo: () => {
      isDue.current = false;
      clearTimeout(timer.current);
      setState('kept');
    },
  };
}
