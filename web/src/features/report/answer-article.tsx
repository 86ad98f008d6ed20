import { useState } from 'react';
import type { ReportAnswer, Session } from '@/api/types';
import { Button } from '@/components/button';
import { readDraft } from '@/lib/drafts';
import { engineInWords } from '@/lib/engines';
import { score, words } from '@/lib/format';
import { AnswerAgain } from './answer-again';
import { Attempt, type Given } from './attempt';
import { Coaching } from './coaching';
import { HeardWords, HearIt } from './listen/hear-it';
import { useListening } from './listen/listening';
import { placeOfQuestion } from './listen/places';
import styles from './report.module.css';

type Props = { entry: ReportAnswer; number: number; session: Session };

const FROM = {
  job: 'From your job description',
  resume: 'From your resume',
  profile: 'From your profile',
  answer: 'You said',
  memory: 'From an earlier interview',
};

/** The first answer and those given again, oldest first. */
function attemptsOf({ response, evaluation, retries }: ReportAnswer): Given[] {
  return [...(response ? [{ response, evaluation }] : []), ...retries];
}

/** One question: what was said, what was made of it, and another try. */
export function AnswerArticle({ entry, number, session }: Props) {
  const { question } = entry;
  const attempts = attemptsOf(entry);
  const moments = useListening()?.recording.moments ?? [];
  const asked = placeOfQuestion(moments, question);
  const [chosen, setChosen] = useState<string | null>(null);
  const [writing, setWriting] = useState(() => attempts.length > 0 && readDraft(question.id) !== '');
  const shown = attempts.find(({ response }) => response.id === chosen) ?? attempts.at(-1);
  return (
    <article
      id={`answer-${question.id}`}
      className={styles.article}
      aria-labelledby={`question-${question.id}`}
    >
      <header className={styles.question}>
        <p className="soft small">
          {number} · {words(question.phase)} · {question.competency_label}
          {question.is_follow_up && ' · follow-up'} · asked by {engineInWords(question.engine)}
        </p>
        <h3 id={`question-${question.id}`}>
          <HeardWords place={asked}>{question.content}</HeardWords>
        </h3>
        <HearIt place={asked} what="the question" />
        {question.grounding.map(({ source, text }) => (
          <p key={source + text} className="soft small">
            {FROM[source]}: <q className={styles.line}>{text}</q>
          </p>
        ))}
      </header>
      {attempts.length > 1 && <Attempts attempts={attempts} shown={shown} onChoose={setChosen} />}
      {shown ? (
        <Attempt key={shown.response.id} given={shown} first={attempts[0]} language={session.language} />
      ) : (
        <p className="soft">Not answered, so not assessed.</p>
      )}
      {writing ? (
        <AnswerAgain
          sessionId={session.id}
          questionId={question.id}
          onDone={(response) => {
            setChosen(response);
            setWriting(false);
          }}
          onCancel={() => setWriting(false)}
        />
      ) : (
        attempts.length > 0 && (
          <div className="row">
            <Button look="primary" onClick={() => setWriting(true)}>
              Answer it again
            </Button>
          </div>
        )
      )}
      <Coaching entry={entry} />
    </article>
  );
}

type AttemptsProps = { attempts: Given[]; shown: Given | undefined; onChoose: (response: string) => void };

function Attempts({ attempts, shown, onChoose }: AttemptsProps) {
  return (
    <div className="row">
      {attempts.map(({ response, evaluation }, at) => (
        <Button
          key={response.id}
          look={response.id === shown?.response.id ? 'plain' : 'quiet'}
          aria-pressed={response.id === shown?.response.id}
          onClick={() => onChoose(response.id)}
        >
          {at === 0 ? 'First answer' : `Try ${at + 1}`}
          {evaluation?.overall.score != null && ` · ${score(evaluation.overall.score)}`}
        </Button>
      ))}
    </div>
  );
}
