import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Knowing, samplesOf } from './knowing.ts';

/** What the interface carries: 16 bit, mono. */
const RATE = 16_000;
/** Bytes of a second. */
const BYTES = RATE * 2;

/** Plays a recogniser that tells voices apart, by Deepgram's interface. It knows what is going to be said, and by whom. */
export class Listener {
  /** Addresses at which it was asked. */
  readonly asked: string[] = [];
  private readonly server: WebSocketServer;
  private readonly knowing = new Knowing();
  private theirs: string[] = [];

  private constructor(server: WebSocketServer) {
    this.server = server;
    server.on('connection', (line, request) => {
      this.asked.push(request.url ?? '');
      this.listen(line);
    });
  }

  static async start(): Promise<Listener> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    return new Listener(server);
  }

  /** Where it is, as settings name it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** This is said next, `theirs` of it by somebody else. */
  expect(text: string, theirs = ''): void {
    this.knowing.expect(text);
    this.theirs = theirs.split(' ');
  }

  async stop(): Promise<void> {
    for (const line of this.server.clients) line.terminate();
    this.server.close();
    await once(this.server, 'close');
  }

  private listen(line: WebSocket): void {
    let heard: Buffer[] = [];
    let begins = 0;
    line.on('message', (data: Buffer, isBinary) => {
      if (isBinary) heard.push(data);
      else if ((JSON.parse(String(data)) as { type: string }).type === 'Finalize') {
        const bytes = Buffer.concat(heard);
        heard = [];
        line.send(JSON.stringify(this.results(bytes, begins)));
        begins += bytes.length / BYTES;
      }
    });
  }

  /** The words of the sound, one as long as the other. */
  private results(bytes: Buffer, begins: number): object {
    const found = this.knowing.hear({ rate: RATE, samples: samplesOf(bytes) });
    const each = bytes.length / BYTES / Math.max(found.length, 1);
    const words = found.map((word, at) => ({
      word,
      punctuated_word: word,
      start: begins + at * each,
      end: begins + (at + 1) * each,
      confidence: 0.9,
      speaker: this.theirs.includes(word) ? 1 : 0,
    }));
    const alternatives = [{ transcript: found.join(' '), confidence: 0.9, words }];
    return { type: 'Results', is_final: true, from_finalize: true, channel: { alternatives } };
  }
}
