import { HttpResponse, http } from 'msw';
import type { InterviewEvent, Question, Session, Spoken } from '@/api/types';
import { asked, completed, received, submission } from './interview';
import { serveLine } from './live-line';
import { session } from './people';
import { refusal, server } from './server';

type CompletionReason = NonNullable<Session['completion_reason']>;
type Changes = Partial<Session> & { thinking?: boolean };
type Sent = { question_id: string; content: string; key: string };

/**
 * The server of interview one: it asks the questions in order and ends after the last. By a model it is `thinking`
 * after each answer until `ask` is called; then the next question comes, and the reply to the answer.
 */
export function serveRoom(questions: Question[], { thinking = false, ...changes }: Changes = {}) {
  const log: InterviewEvent[] = questions.slice(0, 1).map((first) => asked(1, first));
  const line = serveLine(log);
  const sent: Sent[] = [];
  const moves: string[] = [];
  const counted = new Map<string, { sent: Sent; body: object }>();
  let at = 0;
  let farewell: string | null = null;
  let isDue = false;
  let waiters: (() => void)[] = [];
  let status = changes.status ?? 'active';

  const now = (): Session => {
    const base = session('one', changes);
    const progress = { ...base.progress, planned: questions.length, planned_answered: at, answered: at };
    const current_question = status === 'completed' || isDue ? null : (questions[at] ?? null);
    return { ...base, status, progress, current_question, last_seq: log.length };
  };
  const next = (content: string, spoken: Spoken | null = null) => {
    const question = questions[at];
    if (!question) throw new Error('a question is open');
    const response = { ...submission(`response-${at}`, question.id, content), spoken };
    at += 1;
    line.say(received(log.length + 1, response));
    isDue = true;
    if (thinking) line.writing('');
    else goOn();
    return response;
  };
  const goOn = () => {
    isDue = false;
    const following = questions[at];
    if (following) line.say(asked(log.length + 1, following));
    else end('finished');
    for (const go of waiters) go();
    waiters = [];
  };
  const end = (reason: CompletionReason) => {
    status = 'completed';
    changes.completion_reason = reason;
    line.say(completed(log.length + 1, reason, farewell));
  };
  const answer = (given: Sent) => {
    const { question_id, content, key } = given;
    const before = counted.get(key);
    if (before && JSON.stringify(before.sent) !== JSON.stringify(given)) {
      return refusal(422, 'idempotency_key_reused', 'This key was used for another request.');
    }
    if (before) return HttpResponse.json(before.body, { status: 201 });
    if (status !== 'active') return refusal(409, 'wrong_status', 'The interview is paused.');
    if (questions[at]?.id !== question_id) {
      return refusal(409, 'question_already_answered', 'This question has been answered.');
    }
    const response = next(content);
    const reply = () => {
      const body = { response, next_question: questions[at] ?? null, farewell, session: now() };
      counted.set(key, { sent: given, body });
      return HttpResponse.json(body, { status: 201 });
    };
    return isDue ? new Promise<void>((go) => waiters.push(go)).then(reply) : reply();
  };
  server.use(
    http.get('/api/voice', () => refusal(404, 'not_found', 'There is nothing at this address.')),
    http.get('/api/sessions/one', () => HttpResponse.json(now())),
    http.post('/api/sessions/one/answers', async ({ request }) => {
      const body = (await request.json()) as Omit<Sent, 'key'>;
      sent.push({ ...body, key: request.headers.get('idempotency-key') ?? '' });
      return answer(sent.at(-1) as Sent);
    }),
    http.put('/api/sessions/one/:move', ({ params }) => {
      moves.push(String(params.move));
      status = { pause: 'paused', resume: 'active', complete: 'completed' }[String(params.move)] ?? status;
      return HttpResponse.json(now());
    }),
  );
  return {
    line,
    /** Every answer that was sent, those sent twice too. */
    sent,
    moves,
    /** Counts an answer as the server does, without the way back to the one who sent it. */
    count: (answered: Sent) => answer(answered),
    /** The next question, when the interviewer was thinking; with other words than planned, if given. */
    ask: (instead?: Question) => {
      if (instead) questions[at] = instead;
      line.writing(null);
      goOn();
    },
    /** The interviewer ends it with these words. */
    close: (reason: CompletionReason, words: string | null) => {
      isDue = false;
      farewell = words;
      end(reason);
      for (const go of waiters) go();
    },
    /** Another tab answers the current question. */
    elsewhere: (content: string, spoken: Spoken | null = null) => void next(content, spoken),
    /** Another tab moves the interview. */
    become: (other: Session['status']) => {
      status = other;
    },
  };
}
