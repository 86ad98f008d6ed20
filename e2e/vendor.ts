import type { IncomingMessage, ServerResponse } from 'node:http';
import { Loopback } from './loopback.ts';

type Message = { role: string; content: string };
type Asked = {
  messages: Message[];
  stream?: boolean;
  response_format?: { json_schema?: { name: string } };
};

/** Pause between two chunks of a reply, so that a page shows it being written. */
const PAUSE_MS = 60;

/** Plays a vendor of language models over Chat Completions: follows up, reacts, and judges with true quotes. */
export class Vendor {
  readonly heard: Asked[] = [];
  private readonly key: string | null;
  private server: Loopback | null = null;

  private constructor(key: string | null) {
    this.key = key;
  }

  /** Takes requests with this key only; with any when there is none. */
  static async start(key: string | null = null): Promise<Vendor> {
    const vendor = new Vendor(key);
    vendor.server = await Loopback.start((request, response) => vendor.answer(request, response));
    return vendor;
  }

  get url(): string {
    return `${this.server?.url}/v1`;
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    // A gateway looks around first.
    if (request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    if (this.key !== null && request.headers.authorization !== `Bearer ${this.key}`) {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'as played', code: 'invalid_api_key' } }));
      return;
    }
    const asked = JSON.parse(body) as Asked;
    this.heard.push(asked);
    const words = reply(asked);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const text of words.match(/[\s\S]{1,24}/g) ?? []) {
      response.write(event({ index: 0, delta: { content: text }, finish_reason: null }));
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
    response.write(event({ index: 0, delta: {}, finish_reason: 'stop' }));
    response.end('data: [DONE]\n\n');
  }
}

const event = (choice: object) =>
  `data: ${JSON.stringify({ id: 'played', object: 'chat.completion.chunk', created: 0, model: 'played', choices: [choice] })}\n\n`;

function reply(asked: Asked): string {
  switch (asked.response_format?.json_schema?.name) {
    case undefined:
      return tried(asked.messages) ?? turn(asked.messages.at(-1)?.content ?? '');
    case 'sum':
      return JSON.stringify({ sum: 42 });
    case 'judgement':
      return judgement(asked.messages);
    default:
      return JSON.stringify({ reading: null, questions: [] });
  }
}

/** What the trial of a model wants to hear: a word of the resume's first line. */
function tried(messages: Message[]): string | undefined {
  return /Reference number of this application: (\w+)/.exec(messages.at(-1)?.content ?? '')?.[1];
}

/** The opening words of the newest answer stand last in the message. */
function turn(message: string): string {
  const blocks = [...message.matchAll(/<<<(?!end)[^\n]*>>>\n([\s\S]*?)\n<<<end/g)].map(([, text]) => text ?? '');
  const answer = blocks.findLast((text) => text.includes('index on route and date')) ?? '';
  const follows = answer !== '';
  const head = {
    move: follows ? 'follow_up' : 'next',
    quote: follows ? 'added an index on route and date' : null,
    about: follows ? 'detail' : null,
    asked: [],
    conduct: null,
    contrast: null,
  };
  const words = follows
    ? 'You went from the plan straight to the index.\nWhat else did you think of before you chose it?'
    : 'That gives me a clear picture of what you look after.';
  return `${JSON.stringify(head)}\n${words}`;
}

function judgement(messages: Message[]): string {
  const system = messages.find(({ role }) => role === 'system')?.content ?? '';
  const user = messages.find(({ role }) => role === 'user')?.content ?? '';
  const answer = /<<<answer [^\n]*>>>\n([\s\S]*?)\n<<<end/.exec(user)?.[1] ?? '';
  const quote = answer.split(/\s+/).slice(0, 6).join(' ');
  const criteria = [...system.matchAll(/^## (\w+): /gm)].map(([, key]) => ({
    key,
    reasoning: 'It says what was done, and how it was checked.',
    quotes: [quote],
    status: 'assessed',
    score: 7,
  }));
  return JSON.stringify({
    criteria,
    key_points: [],
    strengths: ['You say what you measured.'],
    areas_for_improvement: ['Say who else was part of it.'],
  });
}
