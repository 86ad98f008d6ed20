import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/errors';
import { fetchSession, sendAnswer, sessionKey } from '@/api/sessions';
import type { Session } from '@/api/types';
import { keepDraft, readDraft } from '@/lib/drafts';
import { randomKey } from '@/lib/random-key';

/** Text written for a question that was answered elsewhere. */
export type StrandedText = { question: string; text: string };

/** What is written to a question, by its id. */
type Written = { id: string; question: string; text: string };

/** Codes that say: the interview has gone on without this tab. */
const GONE_ON = new Set(['question_already_answered', 'question_not_current', 'wrong_status']);

/** Sends an answer; when the interview has gone on without it, finds out how that stands instead. */
async function sendOrCatchUp(sessionId: string, { id, text }: Written, key: string) {
  try {
    const { session } = await sendAnswer(sessionId, id, text, key);
    return { taken: true, session };
  } catch (error) {
    if (!(error instanceof ApiError) || !GONE_ON.has(error.code)) throw error;
    return { taken: false, session: await fetchSession(sessionId) };
  }
}

/** The answer being written to the current question: its draft, sending it, and what becomes of it. */
export function useAnswer(session: Session) {
  const queries = useQueryClient();
  const id = session.current_question?.id ?? '';
  const question = session.current_question?.content ?? '';
  const [text, setText] = useState(() => readDraft(id));
  const [kept, setKept] = useState(true);
  const [stranded, setStranded] = useState<StrandedText | null>(null);
  const [savedCount, setSavedCount] = useState(0);
  const writing = useRef<Written>({ id, question, text });
  /** What is being sent, until the server has said what became of it. */
  const underWay = useRef<Written>(null);
  const attempt = useRef({ id: '', text: '', key: '' });

  const write = (next: string) => {
    setText(next);
    writing.current.text = next;
    setKept(keepDraft(id, next) || next === '');
  };
  const strand = useCallback((last: Written) => {
    if (last.id === '' || last.text.trim() === '') return;
    keepDraft(last.id, last.text);
    setStranded(last);
  }, []);
  // A new question: what was not sent to the last one was overtaken by another tab, and is kept.
  useEffect(() => {
    const last = writing.current;
    if (last.id === id) return;
    if (last.id !== underWay.current?.id) strand(last);
    const draft = readDraft(id);
    writing.current = { id, question, text: draft };
    setText(draft);
  }, [id, question, strand]);

  const settle = (sent: Written, taken: boolean) => {
    if (underWay.current === sent) underWay.current = null;
    const current = writing.current.id === sent.id;
    if (!taken) {
      if (!current) strand(sent);
      return;
    }
    keepDraft(sent.id, '');
    if (current) writing.current.text = '';
    setSavedCount((count) => count + 1);
  };
  const send = useMutation({
    mutationFn: (sent: Written) => {
      if (attempt.current.id !== sent.id || attempt.current.text !== sent.text) {
        attempt.current = { ...sent, key: randomKey() };
      }
      underWay.current = sent;
      return sendOrCatchUp(session.id, sent, attempt.current.key);
    },
    onSuccess: ({ taken, session: next }, sent) => {
      settle(sent, taken);
      queries.setQueryData(sessionKey(session.id), next);
    },
    onError: (_, sent) => settle(sent, false),
  });
  // What became of an answer to another question is not said under this one.
  const ours = send.variables?.id === id;
  return {
    text,
    write,
    /** Whether this device keeps the draft. */
    kept,
    send: (content: string) => send.mutate({ id, question, text: content }),
    isSending: ours && send.isPending,
    error: ours ? send.error : null,
    stranded,
    forgetStranded: () => setStranded(null),
    savedCount,
    hold: () => void keepDraft(id, writing.current.text),
  };
}

export type Answer = ReturnType<typeof useAnswer>;
