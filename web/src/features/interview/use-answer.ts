import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/errors';
import { fetchSession, sendAnswer, sessionKey } from '@/api/sessions';
import type { Session } from '@/api/types';
import { keepDraft, readDraft } from '@/lib/drafts';
import { randomKey } from '@/lib/random-key';

/** Text written for a question that was answered elsewhere. */
export type StrandedText = { question: string; text: string };

/** Codes that say: the interview has gone on without this tab. */
const GONE_ON = new Set(['question_already_answered', 'question_not_current', 'wrong_status']);

/** The answer being written to the current question: its draft, sending it, and what becomes of it. */
export function useAnswer(session: Session) {
  const queries = useQueryClient();
  const question = session.current_question;
  const questionId = question?.id ?? '';
  const [text, setText] = useState(() => readDraft(questionId));
  const [kept, setKept] = useState(true);
  const [stranded, setStranded] = useState<StrandedText | null>(null);
  const [savedCount, setSavedCount] = useState(0);
  const attempt = useRef({ content: '', key: '' });
  const writing = useRef({ id: questionId, content: question?.content ?? '', text });

  const write = (next: string) => {
    setText(next);
    writing.current.text = next;
    setKept(keepDraft(questionId, next) || next === '');
  };
  // A new question: what was not sent to the last one was overtaken by another tab, and is kept.
  useEffect(() => {
    const last = writing.current;
    if (last.id === questionId) return;
    if (last.id !== '' && last.text.trim() !== '') {
      keepDraft(last.id, last.text);
      setStranded({ question: last.content, text: last.text });
    }
    const draft = readDraft(questionId);
    writing.current = { id: questionId, content: question?.content ?? '', text: draft };
    setText(draft);
  }, [questionId, question?.content]);

  const send = useMutation({
    mutationFn: (content: string) => {
      if (attempt.current.key === '' || attempt.current.content !== content) {
        attempt.current = { content, key: randomKey() };
      }
      return sendAnswer(session.id, questionId, content, attempt.current.key);
    },
    onSuccess: (answered) => {
      keepDraft(answered.response.question_id, '');
      attempt.current = { content: '', key: '' };
      writing.current.text = '';
      setText('');
      setSavedCount((count) => count + 1);
      queries.setQueryData(sessionKey(session.id), answered.session);
    },
    onError: async (error) => {
      if (!(error instanceof ApiError) || !GONE_ON.has(error.code)) return;
      queries.setQueryData(sessionKey(session.id), await fetchSession(session.id));
    },
  });
  return {
    questionId,
    text,
    write,
    /** Whether this device keeps the draft. */
    kept,
    send,
    stranded,
    forgetStranded: () => setStranded(null),
    savedCount,
    hold: () => void keepDraft(questionId, writing.current.text),
  };
}

export type Answer = ReturnType<typeof useAnswer>;
