import { freePort } from '../loopback.ts';
import { Server } from '../server.ts';
import { Network } from './network.ts';
import { Recogniser } from './recogniser.ts';

/** A voice that wastes no time: espeak-ng, more than twice as fast as it speaks to people. */
const QUICK_VOICE = ['espeak-ng', '-v', 'en-us', '-s', '400', '--stdin', '--stdout'];

/** A server that hears and speaks, and the network before it. */
export class SpokenServer {
  readonly server: Server;
  readonly network: Network;
  private readonly recogniser: Recogniser;

  private constructor(server: Server, network: Network, recogniser: Recogniser) {
    this.server = server;
    this.network = network;
    this.recogniser = recogniser;
  }

  /** One that expects these sentences. */
  static async start(sentences: string[], settings: Record<string, string> = {}): Promise<SpokenServer> {
    const [recogniser, network, udp] = await Promise.all([
      Recogniser.start(sentences),
      Network.open(),
      freePort(),
    ]);
    const server = await Server.create({
      GREENROOM__SPEECH__TO_TEXT__ORDER: '["sphinx"]',
      GREENROOM__SPEECH__TO_TEXT__ENGINES__SPHINX__PROTOCOL: 'openai',
      GREENROOM__SPEECH__TO_TEXT__ENGINES__SPHINX__BASE_URL: recogniser.url,
      GREENROOM__SPEECH__TO_TEXT__ENGINES__SPHINX__MODEL: 'en-us',
      GREENROOM__SPEECH__TO_SPEECH__ORDER: '["quick"]',
      GREENROOM__SPEECH__TO_SPEECH__ENGINES__QUICK__PROTOCOL: 'command',
      GREENROOM__SPEECH__TO_SPEECH__ENGINES__QUICK__COMMAND: JSON.stringify(QUICK_VOICE),
      GREENROOM__VOICE__WEBRTC__LISTEN: `127.0.0.1:${udp}`,
      GREENROOM__VOICE__WEBRTC__ADVERTISE: JSON.stringify([`127.0.0.1:${network.udpPort}`]),
      ...settings,
    });
    network.to = { tcp: Number(new URL(server.url).port), udp };
    return new SpokenServer(server, network, recogniser);
  }

  /** Nobody finds words in sound any more. */
  goesDeaf(): Promise<void> {
    return this.recogniser.stop();
  }

  async stop(): Promise<void> {
    await this.network.close();
    await this.server.remove();
    await this.recogniser.stop();
  }
}
