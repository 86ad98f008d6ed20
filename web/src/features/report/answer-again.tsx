import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { messageOf } from '@/api/errors';
import { reportKey, retryAnswer } from '@/api/sessions';
import { Button } from '@/components/button';
import { TextArea } from '@/components/field';
import { Notice } from '@/components/notice';
import { keepDraft, readDraft } from '@/lib/drafts';
import { countWords, plural } from '@/lib/format';
import { randomKey } from '@/lib/random-key';
import styles from './report.module.css';

type Props = {
  sessionId: string;
  questionId: string;
  onDone: (responseId: string) => void;
  onCancel: () => void;
};

/** Another answer to the same question; judged at once, beside the first. */
export function AnswerAgain({ sessionId, questionId, onDone, onCancel }: Props) {
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [text, setText] = useState(() => readDraft(questionId));
  const [empty, setEmpty] = useState(false);
  const attempt = useRef({ content: '', key: '' });
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const send = useMutation({
    mutationFn: (content: string) => {
      if (attempt.current.content !== content) attempt.current = { content, key: randomKey() };
      return retryAnswer(sessionId, questionId, content, attempt.current.key);
    },
    onSuccess: async ({ response }) => {
      keepDraft(questionId, '');
      await queries.invalidateQueries({ queryKey: reportKey(sessionId) });
      onDone(response.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(text.trim() === '');
    if (text.trim() !== '' && !send.isPending) send.mutate(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    <form ref={form} className={styles.again} onSubmit={submit} noValidate>
      <TextArea
        label="Your new answer"
        hint="As you would say it. The first answer stays; both marks stand side by side."
        rows={7}
        maxLength={20_000}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          keepDraft(questionId, event.target.value);
        }}
        onKeyDown={onKeyDown}
        error={empty && text.trim() === '' ? 'Write an answer first.' : null}
      />
      {send.isError && <Notice kind="bad">{messageOf(send.error)}</Notice>}
      <div className="row">
        <Button type="submit" look="primary" busy={send.isPending}>
          Judge this answer
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Not now
        </Button>
        <span className="soft small">{plural(countWords(text), 'word')}</span>
      </div>
    </form>
  );
}
