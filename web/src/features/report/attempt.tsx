import { Fragment, useState } from 'react';
import type { Criterion, Evaluation, Submission } from '@/api/types';
import { engineInWords } from '@/lib/engines';
import { score } from '@/lib/format';
import { cutAtSpans, type Span } from '@/lib/scalars';
import { KeyPoints } from './key-points';
import { HeardWords, HearIt } from './listen/hear-it';
import { useListening } from './listen/listening';
import { type Phrase, phrasesOf, placeOfAnswer } from './listen/places';
import styles from './report.module.css';

export type Given = { response: Submission; evaluation?: Evaluation | null };

/** Where `quote` stands in `text`, in Unicode scalar values; empty when it does not. */
function spanOf(text: string, quote: string): Span[] {
  const at = text.indexOf(quote);
  if (at < 0) return [];
  const start = Array.from(text.slice(0, at)).length;
  return [{ start, end: start + Array.from(quote).length }];
}

type Props = { given: Given; first: Given | undefined; language: string };

/** One answer with its judgement. Choosing a criterion lights up the words behind it. */
export function Attempt({ given, first, language }: Props) {
  const { response, evaluation } = given;
  const place = placeOfAnswer(useListening()?.recording.moments ?? [], response);
  const [picked, setPicked] = useState<string | null>(null);
  // The judgement may come later than the answer; until something is picked, its first quotes are lit.
  const chosen = picked ?? evaluation?.criteria.find(({ quotes }) => quotes.length > 0)?.key ?? null;
  const criterion = evaluation?.criteria.find(({ key }) => key === chosen);
  const point = evaluation?.key_points.find(({ text }) => text === chosen);
  const spans = criterion?.quotes ?? (point?.quote ? spanOf(response.content, point.quote) : []);
  const before = first && first.response.id !== response.id ? first.evaluation : null;
  return (
    <div className={styles.attempt}>
      <div className="stack">
        <h4 className={styles.small}>What you said</h4>
        {response.content.trim() === '' ? (
          <p className="soft">You passed on this question.</p>
        ) : (
          <>
            <Words phrases={phrasesOf(response, place, language)} spans={spans} />
            <HearIt place={place} what="your answer" />
          </>
        )}
        {evaluation && evaluation.key_points.length > 0 && (
          <KeyPoints points={evaluation.key_points} chosen={chosen} onChoose={setPicked} />
        )}
      </div>
      <div className="stack">
        <h4 className={styles.small}>What was made of it</h4>
        {evaluation ? (
          <>
            <Overall evaluation={evaluation} />
            <Criteria criteria={evaluation.criteria} chosen={chosen} onChoose={setPicked} before={before} />
            <p className="soft small">Judged by {engineInWords(evaluation.engine)}.</p>
          </>
        ) : (
          <p className="soft">Still being judged.</p>
        )}
      </div>
    </div>
  );
}

function Words({ phrases, spans }: { phrases: Phrase[]; spans: Span[] }) {
  return (
    <p className={styles.words} dir="auto">
      {phrases.map(({ text, space, start, place }) => (
        <Fragment key={start}>
          <HeardWords place={place}>
            {cutAtSpans(text, spansWithin(spans, start)).map((piece) =>
              piece.marked ? <mark key={piece.start}>{piece.text}</mark> : piece.text,
            )}
          </HeardWords>
          {space}
        </Fragment>
      ))}
    </p>
  );
}

/** The spans as they lie in a piece of the text that begins at `start`. */
const spansWithin = (spans: Span[], start: number) =>
  spans.map((span) => ({ start: span.start - start, end: span.end - start }));

function Overall({ evaluation: { overall, criteria } }: { evaluation: Evaluation }) {
  if (overall.score == null) {
    return (
      <div>
        <p className={styles.answerScore}>Not assessed</p>
        <p className="soft small">
          {criteria.some(({ score: mark }) => mark != null) ? 'Too little of this answer' : 'Nothing of it'}{' '}
          could be scored. It changes neither your total nor your level.
        </p>
      </div>
    );
  }
  return (
    <p className={styles.answerScore}>
      {score(overall.score)} <span className="soft small">of 10</span>
    </p>
  );
}

type CriteriaProps = {
  criteria: Criterion[];
  chosen: string | null;
  onChoose: (key: string) => void;
  /** The judgement of the first answer, to compare with. */
  before: Evaluation | null | undefined;
};

function Criteria({ criteria, chosen, onChoose, before }: CriteriaProps) {
  return (
    <ul className={styles.criteria}>
      {criteria.map((criterion) => (
        <li key={criterion.key}>
          <button
            type="button"
            className={styles.criterion}
            aria-pressed={criterion.key === chosen}
            disabled={criterion.quotes.length === 0}
            onClick={() => onChoose(criterion.key)}
          >
            <span className={styles.criterionHead}>
              <strong>{criterion.label}</strong>
              <Mark
                criterion={criterion}
                before={before?.criteria.find(({ key }) => key === criterion.key)}
              />
            </span>
            <span className={styles.reason}>{criterion.reason}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Mark({ criterion, before }: { criterion: Criterion; before: Criterion | undefined }) {
  if (criterion.score == null) return <span className="soft">Not assessed</span>;
  return (
    <span>
      {before?.score != null && <span className="soft">{score(before.score)} → </span>}
      {score(criterion.score)}
      {criterion.range && (
        <span className="soft small"> ({criterion.range.map((value) => score(value)).join('–')})</span>
      )}
    </span>
  );
}
