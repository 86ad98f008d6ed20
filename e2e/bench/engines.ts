import type { IncomingMessage, ServerResponse } from 'node:http';
import { Loopback } from '../loopback.ts';

/** How long the engines take, ms. */
export const HEARS_IN_MS = 50;
export const SPEAKS_IN_MS = 20;
const RATE = 24_000;
const SENTENCE_MS = 800;
/** A finished sentence: the shortest silence ends the turn. */
const WORDS = 'I moved the bookings to a new machine and checked every one.';

/** A recogniser and a voice behind OpenAI's interface that do nothing but take their time. */
export class Engines {
  private readonly server: Loopback;

  private constructor(server: Loopback) {
    this.server = server;
  }

  static async start(): Promise<Engines> {
    return new Engines(await Loopback.start(answer));
  }

  get url(): string {
    return `${this.server.url}/v1`;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const _ of request) {
    // What is said does not matter, only that all of it is there.
  }
  if (request.url?.endsWith('/audio/transcriptions')) {
    await passes(HEARS_IN_MS);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ text: WORDS }));
  } else if (request.url?.endsWith('/audio/speech')) {
    await passes(SPEAKS_IN_MS);
    response.setHeader('content-type', 'audio/pcm');
    response.end(TONE);
  } else {
    response.writeHead(404).end();
  }
}

const passes = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A voice without words: loud from its first sample on. */
const TONE = Buffer.from(
  Int16Array.from({ length: (RATE * SENTENCE_MS) / 1000 }, (_, n) => {
    const at = n / RATE;
    return Math.round(9_000 * Math.sin(2 * Math.PI * 220 * at + 0.5) * (0.7 + 0.3 * Math.sin(2 * Math.PI * 5 * at)));
  }).buffer,
);
