import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { messageOf } from '@/api/errors';
import type { Submission } from '@/api/types';
import { correctTranscript } from '@/api/voice';
import { Button } from '@/components/button';
import { TextArea } from '@/components/field';
import { Notice } from '@/components/notice';
import { type LeftOut, OtherVoice } from './other-voice';
import { wordsOfOthers } from './other-voices';
import { placeOf } from './sounding';
import styles from './spoken.module.css';
import { captionOf, type Line, type SpokenLog } from './spoken-log';

type Props = {
  sessionId: string;
  log: SpokenLog;
  /** The answers as they are kept: a line can be put right when it is one of them. */
  answers: Submission[];
  language: string;
  onCorrected: (key: string, from: string, to: string) => void;
};

/** What both have said, newest last. One's own words can be put right. */
export function Captions({ sessionId, log, answers, language, onCorrected }: Props) {
  // What is being said at the moment stands above.
  const lines = log.lines.filter(({ who, turn }) => who === 'interviewer' || turn !== null);
  const list = useRef<HTMLOListElement>(null);
  const count = lines.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what it is about
  useEffect(() => {
    const node = list.current;
    if (node && !node.contains(document.activeElement)) node.scrollTop = node.scrollHeight;
  }, [count]);
  if (count === 0) return null;
  return (
    <section className={styles.said} aria-labelledby="said-heading">
      <h2 id="said-heading">What was said</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard */}
      <ol ref={list} className={styles.lines} tabIndex={0} aria-label="Captions">
        {lines.map((line) => (
          <li key={line.key} className={styles.line}>
            <span className={styles.who}>{line.who === 'candidate' ? 'You' : 'Interviewer'}</span>
            {line.who === 'interviewer' ? (
              <p className={styles.interviewer} lang={language}>
                <Said line={line} log={log} />
              </p>
            ) : line.isCut ? (
              <div className={styles.own}>
                <p className="soft" dir="auto">
                  {line.text} …
                </p>
                <p className="soft small">Cut off with the connection: no answer by itself.</p>
              </div>
            ) : (
              <Own
                line={line}
                kept={answers.findLast(({ content }) => content.trim() === line.text.trim())}
                sessionId={sessionId}
                onCorrected={onCorrected}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What the interviewer says; the sentence that sounds stands out. */
function Said({ line: { key, text }, log }: { line: Line; log: SpokenLog }) {
  const { sounding, sentences } = log;
  const place =
    sounding && key === captionOf(log, sounding.reply) ? placeOf(text, sentences, sounding) : null;
  if (place === null) return text;
  return (
    <>
      {text.slice(0, place.from)}
      <span className={styles.sounding}>{text.slice(place.from, place.to)}</span>
      {text.slice(place.to)}
    </>
  );
}

type OwnProps = {
  line: Line;
  kept: Submission | undefined;
  sessionId: string;
  onCorrected: Props['onCorrected'];
};

/** Other words for an answer, which the server has as `kept`; `leftOut` when it is what somebody else said that goes. */
type Change = { from: string; to: string; kept: string | undefined; leftOut: LeftOut | null };

function Own({ line: { text, key }, kept, sessionId, onCorrected }: OwnProps) {
  // The answer that is being corrected stays the same one while its words differ.
  const [responseId, setResponseId] = useState<string | undefined>(kept?.id);
  if (kept && kept.id !== responseId) setResponseId(kept.id);
  const [draft, setDraft] = useState<string | null>(null);
  const [leftOut, setLeftOut] = useState<LeftOut | null>(null);
  const correct = useMutation({
    mutationFn: ({ to, kept }: Change) => correctTranscript(sessionId, responseId ?? '', to, kept),
    onSuccess: (_, { from, to, leftOut }) => {
      onCorrected(key, from, to);
      setLeftOut(leftOut);
      setDraft(null);
    },
  });
  const change = (to: string, leftOut: LeftOut | null = null) =>
    correct.mutate({ from: text, to, kept: kept?.content, leftOut });
  const edit = (words: string | null) => {
    correct.reset();
    setDraft(words);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const corrected = draft?.trim() ?? '';
    if (corrected === text.trim()) setDraft(null);
    else if (corrected !== '' && !correct.isPending) change(corrected);
  };

  if (draft === null) {
    return (
      <div className={styles.own}>
        <p dir="auto">{text}</p>
        <OtherVoice
          text={text}
          words={kept?.spoken ? wordsOfOthers(text, kept.spoken) : null}
          leftOut={leftOut}
          isBusy={correct.isPending}
          onLeaveOut={(it) => change(it.after, it)}
          onPutBack={(it) => change(it.before)}
        />
        {correct.isError && <Notice kind="bad">{messageOf(correct.error)}</Notice>}
        {responseId !== undefined && (
          <Button look="quiet" busy={correct.isPending} onClick={() => edit(text)}>
            Misheard? Put it right
          </Button>
        )}
      </div>
    );
  }
  return (
    <form className={styles.correct} onSubmit={save}>
      <TextArea
        label="What you said"
        hint="For words that were misheard. What was heard is kept beside it."
        autoFocus
        rows={4}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') edit(null);
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
            event.currentTarget.form?.requestSubmit();
        }}
        error={draft.trim() === '' ? 'Leave at least a word. An answer is not taken back here.' : null}
      />
      {correct.isError && <Notice kind="bad">{messageOf(correct.error)}</Notice>}
      <div className="row">
        <Button type="submit" look="primary" busy={correct.isPending}>
          Keep this
        </Button>
        <Button look="quiet" onClick={() => edit(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
