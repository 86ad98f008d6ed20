import { ws } from 'msw';
import type { Draft } from '@/api/live';
import type { InterviewEvent } from '@/api/types';
import { server } from './server';

const link = ws.link('ws://localhost:3000/api/sessions/:id/live');

type Listener = Parameters<typeof link.addEventListener>[1];
type Client = Parameters<Listener>[0]['client'];

/**
 * The live line as the server holds it: each one that opens gets the events after its mark, and then word
 * that nothing is missing.
 */
export function serveLine(log: InterviewEvent[] = []) {
  let draft: Draft | null = null;
  const lines = new Set<Client>();
  const marks: number[] = [];
  const heard: unknown[] = [];
  let silent = false;
  server.use(
    link.addEventListener('connection', ({ client }) => {
      const after = Number(client.url.searchParams.get('after'));
      marks.push(after);
      lines.add(client);
      client.addEventListener('close', () => lines.delete(client));
      client.addEventListener('message', ({ data }) => {
        heard.push(JSON.parse(String(data)));
        if (!silent) client.send('{"kind":"pong"}');
      });
      for (const event of log) if (event.seq > after) client.send(JSON.stringify(event));
      client.send(JSON.stringify({ kind: 'caught_up', data: { last_seq: log.at(-1)?.seq ?? 0 } }));
      if (draft?.at_work) client.send(JSON.stringify({ kind: 'writing', data: draft }));
    }),
  );
  return {
    /** The marks that the lines were opened with, in order. */
    marks,
    /** What the app has sent. */
    heard,
    /** How many lines are open now. */
    open: () => lines.size,
    /** Something happens: it is in the log, and every open line says it. */
    say: (event: InterviewEvent) => {
      log.push(event);
      for (const line of lines) line.send(JSON.stringify(event));
    },
    /** The interviewer is at work with these words so far; null when it has stopped. Who comes later hears it too. */
    writing: (words: string | null) => {
      draft = { at_work: words !== null, words: words ?? '' };
      for (const line of lines) line.send(JSON.stringify({ kind: 'writing', data: draft }));
    },
    /** Sends on every open line, without a place in the log. */
    repeat: (event: InterviewEvent) => {
      for (const line of lines) line.send(JSON.stringify(event));
    },
    /** The lines stay open, but nothing is answered any more. */
    fallSilent: () => {
      silent = true;
    },
    /** Every line breaks. */
    cut: () => {
      for (const line of [...lines]) line.close();
      lines.clear();
    },
  };
}
