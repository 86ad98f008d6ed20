import type { Note, Report, ReportAnswer } from '@/api/types';
import styles from './notes.module.css';

/** What the interviewer noticed: what was asked back, what to look at side by side, and the tone. */
export function Notes({ report: { notes, answers, session } }: { report: Report }) {
  return (
    <>
      <WhatYouAsked notes={notes.filter(isQuestion)} />
      <SideBySide notes={notes.filter(isContrast)} answers={answers} />
      <Conduct
        warnings={notes.filter(({ note }) => note === 'conduct').length}
        hasEnded={session.completion_reason === 'conduct'}
      />
    </>
  );
}

type Asked = Extract<Note, { note: 'candidate_asked' }>;
type Contrast = Extract<Note, { note: 'contrast' }>;
type Words = Contrast['earlier'];

const isQuestion = (note: Note): note is Asked => note.note === 'candidate_asked';
const isContrast = (note: Note): note is Contrast => note.note === 'contrast';
const placeOf = ({ response_id, quote }: Words) => `${response_id} ${quote.start}-${quote.end}`;

function WhatYouAsked({ notes }: { notes: Asked[] }) {
  if (notes.length === 0) return null;
  // The same words are one question, however often they were noted.
  const once = new Map(notes.map((note) => [placeOf(note.asked), note]));
  return (
    <section className="stack" aria-labelledby="asked-heading">
      <h2 id="asked-heading">What you asked</h2>
      <ul className={styles.asked}>
        {Array.from(once, ([place, { asked, answer }]) => (
          <li key={place} className={styles.question}>
            <p className={styles.quote} dir="auto">
              {asked.quote.text}
            </p>
            {answer ? (
              <p>
                The job description says: <q className={styles.line}>{answer.text}</q>
              </p>
            ) : (
              <p>Passed on: the job description does not say.</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function SideBySide({ notes, answers }: { notes: Contrast[]; answers: ReportAnswer[] }) {
  if (notes.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="contrast-heading">
      <h2 id="contrast-heading">Side by side</h2>
      <p className="soft">
        You said these at different moments, and somebody may ask how they go together. That is no judgement,
        and no mark depends on it.
      </p>
      {notes.map(({ earlier, later }) => (
        <div key={placeOf(earlier) + placeOf(later)} className={styles.pair}>
          <Said words={earlier} answers={answers} />
          <Said words={later} answers={answers} />
        </div>
      ))}
    </section>
  );
}

/** Words with the question that they answered. */
function Said({ words: { response_id, quote }, answers }: { words: Words; answers: ReportAnswer[] }) {
  const question = answers.find(({ response }) => response?.id === response_id)?.question;
  return (
    <figure className={styles.said}>
      <blockquote className={styles.quote} dir="auto">
        {quote.text}
      </blockquote>
      {question && (
        <figcaption className="soft small">
          To the question: <a href={`#answer-${question.id}`}>{question.content}</a>
        </figcaption>
      )}
    </figure>
  );
}

function Conduct({ warnings, hasEnded }: { warnings: number; hasEnded: boolean }) {
  if (warnings === 0) return null;
  const reminders = hasEnded ? warnings - 1 : warnings;
  const times = ['', ' once', ' twice'][reminders] ?? ` ${reminders} times`;
  return (
    <section className="stack" aria-labelledby="conduct-heading">
      <h2 id="conduct-heading">Tone</h2>
      <p>
        The interviewer asked for a courteous tone{times}
        {hasEnded && ', and then ended the interview'}. No mark depends on it.
      </p>
    </section>
  );
}
