import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/errors';
import { fetchSession, keepSession, sendAnswer } from '@/api/sessions';
import type { Question } from '@/api/types';
import { keepDraft, readDraft } from '@/lib/drafts';
import type { Turn } from './room-log';
import { useFates, type Written } from './use-fates';

/** Codes that say: the interview has gone on without this tab. */
const GONE_ON = new Set(['question_already_answered', 'question_not_current', 'wrong_status']);

/** Sends an answer; when the interview has gone on without it, finds out how that stands instead. */
async function sendOrCatchUp(sessionId: string, { id, text }: Written, key: string) {
  try {
    const { session, farewell } = await sendAnswer(sessionId, id, text, key);
    return { taken: true, session, farewell: farewell ?? null };
  } catch (error) {
    if (!(error instanceof ApiError) || !GONE_ON.has(error.code)) throw error;
    return { taken: false, session: await fetchSession(sessionId), farewell: null };
  }
}

/** The answer being written to `open`, the question that waits: its draft, sending it, what becomes of it. */
export function useAnswer(sessionId: string, open: Question | null, turns: Turn[]) {
  const queries = useQueryClient();
  const id = open?.id ?? '';
  const question = open?.content ?? '';
  const [text, setText] = useState(() => readDraft(id));
  const [kept, setKept] = useState(true);
  const { gone, sending, replied, ...fates } = useFates(turns);
  const writing = useRef<Written>({ id, question, text });

  const write = (next: string) => {
    setText(next);
    writing.current.text = next;
    setKept(keepDraft(id, next) || next === '');
  };
  useEffect(() => {
    const last = writing.current;
    if (last.id === id) return;
    writing.current = { id, question, text: readDraft(id) };
    setText(writing.current.text);
    gone(last);
  }, [id, question, gone]);

  const send = useMutation({
    mutationFn: (written: Written) => sendOrCatchUp(sessionId, written, sending(written)),
    onSuccess: ({ taken, session }, written) => {
      replied(written.id, taken);
      keepSession(queries, session);
    },
  });
  // What became of an answer to another question is not said under this one.
  const ours = send.variables?.id === id;
  return {
    ...fates,
    text,
    write,
    /** Whether this device keeps the draft. */
    kept,
    send: (content: string) => send.mutate({ id, question, text: content }),
    isSending: ours && send.isPending,
    error: ours ? send.error : null,
    /** The interviewer's last words, when the reply brought them. */
    farewell: send.data?.farewell ?? null,
    hold: () => {
      if (id) keepDraft(id, writing.current.text);
    },
  };
}

export type Answer = ReturnType<typeof useAnswer>;
