import { useCallback, useEffect, useRef, useState } from 'react';
import { keepDraft, readDraft } from '@/lib/drafts';
import { randomKey } from '@/lib/random-key';
import type { Turn } from './room-log';

/** What is written to a question, by its id; the id is empty while no question waits. */
export type Written = { id: string; question: string; text: string };

/** Text that did not become the answer to its question. */
export type StrandedText = {
  question: string;
  text: string;
  /** Whether the answer is what this tab had sent before; else another tab was faster. */
  isOwnAnswer: boolean;
};

/** What was sent to a question, with the key that makes repeating it harmless, and whether it was taken. */
type Sent = { text: string; key: string; taken: boolean | null };

/**
 * What becomes of what was written once its question no longer waits. The log says which words were kept, and
 * often long before the reply, which comes with the next question. Out of reach of the log, the reply counts.
 */
export function useFates(turns: Turn[]) {
  const [stranded, setStranded] = useState<StrandedText | null>(null);
  const [savedCount, setSavedCount] = useState(0);
  const sent = useRef(new Map<string, Sent>());
  const undecided = useRef<Written[]>([]);
  const told = useRef(turns);

  const decide = useCallback(() => {
    const open: Written[] = [];
    for (const written of undecided.current) {
      const attempt = sent.current.get(written.id);
      const kept = told.current.find(({ question }) => question.id === written.id)?.response;
      const isOwn = kept ? kept.content === (attempt ?? written).text : attempt?.taken;
      if (isOwn == null) {
        open.push(written);
        continue;
      }
      if (isOwn) setSavedCount((count) => count + 1);
      if (isOwn && written.text.trim() === (attempt ?? written).text.trim()) keepDraft(written.id, '');
      else if (written.text.trim() !== '') {
        keepDraft(written.id, written.text);
        setStranded({ ...written, isOwnAnswer: isOwn });
      }
    }
    undecided.current = open;
  }, []);
  useEffect(() => {
    told.current = turns;
    for (const { question, response } of turns) {
      // Sent before a reload: the draft is the answer by now.
      if (response?.content && readDraft(question.id) === response.content) keepDraft(question.id, '');
    }
    decide();
  }, [turns, decide]);

  /** The question of `written` no longer waits. */
  const gone = useCallback(
    (written: Written) => {
      if (written.id !== '') undecided.current.push(written);
      decide();
    },
    [decide],
  );
  /** The key to send `written` with. */
  const sending = ({ id, text }: Written) => {
    const before = sent.current.get(id);
    const key = before?.text === text ? before.key : randomKey();
    sent.current.set(id, { text, key, taken: null });
    return key;
  };
  /** The server has replied to what was sent to the question `id`. */
  const replied = (id: string, taken: boolean) => {
    const attempt = sent.current.get(id);
    if (!attempt) return;
    attempt.taken = taken;
    if (taken && readDraft(id) === attempt.text) keepDraft(id, '');
    decide();
  };
  return { stranded, forgetStranded: () => setStranded(null), savedCount, gone, sending, replied };
}
