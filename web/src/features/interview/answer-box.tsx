import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError, messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { TextArea } from '@/components/field';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { countWords, plural } from '@/lib/format';
import styles from './room.module.css';
import type { Answer } from './use-answer';

/** Longest answer that the server takes, characters. */
const LONGEST = 20_000;

type AnswerBoxProps = {
  /** The question that waits; null while the interviewer thinks. */
  questionId: string | null;
  answer: Answer;
  /** Another way to write than by keys. */
  aid?: ReactNode;
};

/** Where the answer is written. Ctrl or Cmd with Enter sends it. Stays in place, empty, until the next question. */
export function AnswerBox({ questionId, answer, aid }: AnswerBoxProps) {
  const { text, write, send, isSending, error, kept } = answer;
  const [empty, setEmpty] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isWaiting = questionId === null;
  // A new question stands at the top, and writing can begin at once; so does what the interviewer says before it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is what it is about
  useEffect(() => {
    setEmpty(false);
    window.scrollTo({ top: 0 });
    form.current?.querySelector('textarea')?.focus({ preventScroll: true });
  }, [questionId]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWaiting) return;
    setEmpty(text.trim() === '');
    if (text.trim() !== '' && !isSending) send(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const offline = error instanceof ApiError && error.status === 0;
  const signedOut = error instanceof ApiError && error.status === 401;
  return (
    <form ref={form} className={styles.answer} onSubmit={submit} noValidate>
      <TextArea
        label="Your answer"
        rows={8}
        value={text}
        maxLength={LONGEST}
        readOnly={isSending || isWaiting}
        placeholder={isWaiting ? 'The next question is on its way.' : undefined}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        error={empty && text.trim() === '' ? 'Write something first, or pass on this question.' : null}
      />
      {error && (
        <Notice kind="bad">
          <p>{messageOf(error)}</p>
          {signedOut && <SignInAgain />}
          {offline && <p>Send it again when the line is back. It will count once, even if it did arrive.</p>}
        </Notice>
      )}
      <div className={styles.sendRow}>
        <Button type="submit" look="primary" large busy={isSending} disabled={isWaiting}>
          Send the answer
        </Button>
        <Button look="quiet" onClick={() => send('')} disabled={isSending || isWaiting || text.trim() !== ''}>
          Pass on this question
        </Button>
        {aid}
        <p className={`soft small ${styles.count}`}>
          {!isWaiting && plural(countWords(text), 'word')}
          {text !== '' && (kept ? ' · draft kept on this device' : ' · this browser keeps no drafts')}
          {text.length > LONGEST * 0.9 && ` · ${plural(LONGEST - text.length, 'character')} left`}
        </p>
      </div>
    </form>
  );
}
