import type { Draft } from '@/api/live';
import type { InterviewEvent, Question, Session, Spoken, Submission } from '@/api/types';

/** A question that was asked, with its answer once it is on the server. */
export type Turn = { question: Question; response: Submission | null };

/** What the live line has told of an interview. */
export type RoomLog = {
  turns: Turn[];
  /** Position of the last event heard. */
  seq: number;
  /** The next question as far as it is worded; empty while the interviewer thinks, null when it is not at work. */
  draft: string | null;
  /** The interviewer's last words. */
  farewell: string | null;
};

export const NOTHING_HEARD: RoomLog = { turns: [], seq: 0, draft: null, farewell: null };

/** Something heard; `begun` says that the log is told from its start, `lost` that the line broke. */
export type Heard =
  | { kind: 'begun' }
  | { kind: 'event'; event: InterviewEvent }
  | { kind: 'draft'; draft: Draft }
  | { kind: 'lost' };

/** The log after one more thing heard. */
export function withHeard(log: RoomLog, heard: Heard): RoomLog {
  if (heard.kind === 'begun') return NOTHING_HEARD;
  if (heard.kind === 'event') return withEvent(log, heard.event);
  // What was missed while the line is down is not known; when it is mended, the draft comes again in full.
  if (heard.kind === 'lost') return { ...log, draft: null };
  // Words that come after their question are not about the next one.
  if (!isInterviewersTurn(log)) return log;
  return { ...log, draft: heard.draft.at_work ? heard.draft.words : null };
}

function withEvent(log: RoomLog, event: InterviewEvent): RoomLog {
  const next = { ...log, seq: event.seq };
  switch (event.kind) {
    case 'question_asked':
      return {
        ...next,
        turns: [...log.turns, { question: event.data.question, response: null }],
        draft: null,
      };
    case 'answer_received':
      return { ...next, turns: answered(log.turns, event.data.response), draft: null };
    case 'answer_amended': {
      const { response_id, added, spoken } = event.data;
      const longer = (before: Submission) => ({
        ...before,
        content: `${before.content} ${added.trim()}`,
        spoken: before.spoken ? withMore(before.spoken, spoken) : spoken,
      });
      return { ...next, turns: changed(log.turns, response_id, longer) };
    }
    case 'transcript_corrected': {
      const { response_id, content } = event.data;
      return { ...next, turns: changed(log.turns, response_id, (before) => ({ ...before, content })) };
    }
    case 'completed':
      return { ...next, farewell: event.data.farewell ?? null, draft: null };
    default:
      return next;
  }
}

function answered(turns: Turn[], response: Submission): Turn[] {
  return turns.map((turn) => (turn.question.id === response.question_id ? { ...turn, response } : turn));
}

/** The turns with one answer changed: the candidate went on, or mended what was misheard. */
function changed(turns: Turn[], id: string, change: (before: Submission) => Submission): Turn[] {
  return turns.map(({ question, response }) => ({
    question,
    response: response?.id === id ? change(response) : response,
  }));
}

const withMore = (before: Spoken, more: Spoken): Spoken => ({
  ...before,
  to_ms: Math.max(before.to_ms, more.to_ms),
  words: [...before.words, ...more.words],
  others: [...(before.others ?? []), ...(more.others ?? [])],
  is_partial: before.is_partial || more.is_partial,
  engine: before.engine ?? more.engine ?? null,
});

const isInterviewersTurn = ({ turns }: RoomLog) => turns.length > 0 && turns.at(-1)?.response !== null;

/** Whether an interview is over, however it ended. */
export const isOver = ({ status }: Session) => status === 'completed' || status === 'abandoned';

/** The question that waits for its answer, by whichever knows more: the interview as read, or its log. */
export function openQuestion(session: Session, log: RoomLog): Question | null {
  if (log.seq < session.last_seq) return session.current_question ?? null;
  const last = log.turns.at(-1);
  return last && last.response === null ? last.question : null;
}
