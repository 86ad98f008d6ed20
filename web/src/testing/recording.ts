import { HttpResponse, http } from 'msw';
import type { Delivery } from '@/api/delivery';
import type { Moment, Recording } from '@/api/recording';
import { refusal, server } from './server';

const moment = (kind: Moment['kind'], index: number, from_ms: number, to_ms: number): Moment => ({
  kind,
  index,
  from_ms,
  to_ms,
  question_id: kind === 'question' ? `q${index + 1}` : null,
  response_id: kind === 'answer' ? `r${index + 1}` : null,
});

/** A minute: two questions with their answers. */
export const RECORDING: Recording = {
  duration_ms: 60_000,
  step_ms: 1_000,
  candidate: [0, 0, 9, 120, 200, 80],
  interviewer: [90, 255, 4, 0, 0, 0],
  moments: [
    moment('question', 0, 1_000, 5_000),
    moment('answer', 0, 6_000, 30_000),
    moment('question', 1, 31_000, 35_000),
    moment('answer', 1, 36_000, 58_000),
  ],
};

/** The server of what was recorded of interview one, or what it says in place of it. */
export function serveRecording(first: Recording | ReturnType<typeof refusal> = RECORDING) {
  let now = first;
  let asked = 0;
  const deleted: string[] = [];
  server.use(
    http.get('/api/sessions/one/recording/peaks', () => {
      asked += 1;
      return 'duration_ms' in now ? HttpResponse.json(now) : now.clone();
    }),
    http.delete('/api/sessions/one/recording', () => {
      deleted.push('one');
      now = refusal(404, 'recording_not_found', 'There is no such recording.');
      return new HttpResponse(null, { status: 204 });
    }),
    http.get('/api/sessions/one/delivery', () => refusal(404, 'not_found', 'Nothing.')),
  );
  return {
    deleted,
    asked: () => asked,
    become: (next: typeof first) => {
      now = next;
    },
  };
}

export function serveDelivery(delivery: Delivery) {
  server.use(http.get('/api/sessions/one/delivery', () => HttpResponse.json(delivery)));
}
