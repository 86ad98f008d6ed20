import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Knowing, samplesOf } from './knowing.ts';
import { readWav, type Sound, spoken } from './sound.ts';

/** What the interface carries, both ways: 16 bit, mono. */
const RATE = 24_000;
/** Samples of one piece of sound: 100 ms. */
const PIECE = 2_400;

type Asked = {
  type: string;
  audio?: string;
  response?: { instructions?: string };
};

/**
 * Plays a model that hears and speaks, by OpenAI's Realtime interface, with the voice of espeak-ng. It knows what is going
 * to be said.
 */
export class Talker {
  /** What it has said. */
  readonly said: string[] = [];
  private readonly server: WebSocketServer;
  private readonly knowing = new Knowing();
  private counts = { items: 0, replies: 0 };

  private constructor(server: WebSocketServer) {
    this.server = server;
    server.on('connection', (line) => this.talk(line));
  }

  static async start(): Promise<Talker> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    return new Talker(server);
  }

  /** Where it is, as settings name it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** This is said next. */
  expect(text: string): void {
    this.knowing.expect(text);
  }

  /** Breaks every line off. */
  hangUp(): void {
    for (const line of this.server.clients) line.terminate();
  }

  async stop(): Promise<void> {
    this.hangUp();
    this.server.close();
    await once(this.server, 'close');
  }

  private talk(line: WebSocket): void {
    let heard: Buffer[] = [];
    const tell = (...messages: object[]) => {
      for (const message of messages) line.send(JSON.stringify(message));
    };
    line.on('message', (data) => {
      const asked = JSON.parse(String(data)) as Asked;
      if (asked.type === 'session.update') tell({ type: 'session.updated', session: { type: 'realtime' } });
      if (asked.type === 'input_audio_buffer.append') heard.push(Buffer.from(asked.audio ?? '', 'base64'));
      if (asked.type === 'input_audio_buffer.commit') tell(...this.hear(Buffer.concat(heard)));
      if (asked.type === 'response.create') tell(...this.reply(asked.response?.instructions ?? ''));
      if (/commit|clear/.test(asked.type)) heard = [];
    });
  }

  private hear(bytes: Buffer): object[] {
    this.counts.items += 1;
    const item_id = `item_${this.counts.items}`;
    const transcript = this.knowing.hear({ rate: RATE, samples: samplesOf(bytes) }).join(' ');
    return [
      { type: 'input_audio_buffer.committed', item_id },
      { type: 'conversation.item.input_audio_transcription.completed', item_id, transcript },
    ];
  }

  /** Says what stands between the marks, after a nod where one is asked for. */
  private reply(instructions: string): object[] {
    this.counts.replies += 1;
    const [, between = ''] = / begins\n([^]*)\n[^\n]*$/.exec(instructions.slice(instructions.lastIndexOf(' begins\n'))) ?? [];
    const nod = instructions.includes('First take up') ? 'I see. ' : '';
    const text = nod + between.replaceAll('\n', ' ');
    this.said.push(text);
    const samples = at24k(readWav(spoken(text)));
    const response_id = `response_${this.counts.replies}`;
    const pieces = Array.from({ length: Math.ceil(samples.length / PIECE) }, (_, at) => {
      const piece = samples.slice(at * PIECE, (at + 1) * PIECE);
      return {
        type: 'response.output_audio.delta',
        response_id,
        delta: Buffer.from(piece.buffer).toString('base64'),
      };
    });
    return [
      { type: 'response.created', response: { id: response_id } },
      { type: 'response.output_item.added', response_id, item: { id: `said_${this.counts.replies}` } },
      { type: 'response.output_audio_transcript.delta', response_id, delta: text },
      ...pieces,
      { type: 'response.done', response: { id: response_id, status: 'completed' } },
    ];
  }
}

function at24k({ rate, samples }: Sound): Int16Array {
  return Int16Array.from({ length: Math.floor((samples.length * RATE) / rate) }, (_, at) => {
    const place = (at * rate) / RATE;
    const before = samples[Math.floor(place)] ?? 0;
    const after = samples[Math.floor(place) + 1] ?? before;
    return before + (after - before) * (place % 1);
  });
}
