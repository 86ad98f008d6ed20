import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What a network does to what passes. */
export type Weather = {
  /** Each way, ms. */
  delayMs: number;
  /** Share of datagrams that are lost each way, 0..1. A stream loses none: what is lost is sent again, later. */
  loss: number;
};

/** How long it takes, ms, beyond a round trip, until a lost piece of a stream is sent again: three frames of sound behind it. */
const SENT_AGAIN_MS = 60;

/**
 * A network between a browser and a server on the same machine: TCP for the page and its sockets, UDP for WebRTC.
 * It can be slow, lossy, and gone.
 */
export class Network {
  weather: Weather = { delayMs: 0, loss: 0 };
  /** Whether datagrams pass at all; some networks let none through. */
  takesDatagrams = true;
  /** Where the server is. */
  to = { tcp: 0, udp: 0 };
  private isGone = false;
  private readonly tcp: Server;
  private readonly udp: UdpSocket;
  private readonly streams = new Set<Socket>();
  private readonly ways = new Map<string, UdpSocket>();
  /** The draws of a lossy network are the same in each run. */
  private seed = 1;

  private constructor() {
    this.tcp = createServer((page) => this.join(page));
    this.udp = createSocket('udp4');
    this.udp.on('message', (datagram, from) => this.carryUp(datagram, from));
  }

  static async open(): Promise<Network> {
    const network = new Network();
    network.tcp.listen(0, '127.0.0.1');
    network.udp.bind(0, '127.0.0.1');
    await Promise.all([once(network.tcp, 'listening'), once(network.udp, 'listening')]);
    return network;
  }

  /** What the page is told of. */
  get url(): string {
    return `http://127.0.0.1:${(this.tcp.address() as AddressInfo).port}`;
  }

  get udpPort(): number {
    return this.udp.address().port;
  }

  /** Nothing passes any more, and every connection breaks. */
  goes(): void {
    this.isGone = true;
    for (const stream of this.streams) stream.destroy();
  }

  comesBack(): void {
    this.isGone = false;
  }

  async close(): Promise<void> {
    this.goes();
    for (const way of this.ways.values()) way.close();
    this.udp.close();
    this.tcp.close();
    await once(this.tcp, 'close');
  }

  private join(page: Socket): void {
    if (this.isGone) {
      page.destroy();
      return;
    }
    const server = connect(this.to.tcp, '127.0.0.1');
    for (const [from, into] of [
      [page, server],
      [server, page],
    ] as const) {
      this.streams.add(from);
      from.setNoDelay(true);
      from.on('error', () => into.destroy());
      from.on('close', () => {
        this.streams.delete(from);
        into.destroy();
      });
      this.carry(from, into);
    }
  }

  /** What comes earlier arrives earlier: whatever is late holds up all that is behind it. */
  private carry(from: Socket, into: Socket): void {
    let arrives = 0;
    from.on('data', (piece) => {
      const { delayMs, loss } = this.weather;
      if (delayMs === 0 && loss === 0) {
        into.write(piece);
        return;
      }
      const late = delayMs + (this.draw() < loss ? SENT_AGAIN_MS + 2 * delayMs : 0);
      arrives = Math.max(arrives, performance.now() + late);
      setTimeout(() => into.destroyed || into.write(piece), arrives - performance.now());
    });
  }

  private carryUp(datagram: Buffer, from: RemoteInfo): void {
    const page = `${from.address}:${from.port}`;
    let way = this.ways.get(page);
    if (!way) {
      way = createSocket('udp4');
      way.on('message', (answer) => this.throw(() => this.udp.send(answer, from.port, from.address)));
      way.on('error', () => undefined);
      this.ways.set(page, way);
    }
    const up = way;
    this.throw(() => up.send(datagram, this.to.udp, '127.0.0.1'));
  }

  /** Sends a datagram, if the network lets it. */
  private throw(send: () => void): void {
    const { delayMs, loss } = this.weather;
    if (this.isGone || !this.takesDatagrams || this.draw() < loss) return;
    if (delayMs === 0) send();
    else setTimeout(() => this.isGone || send(), delayMs);
  }

  private draw(): number {
    this.seed = (this.seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return this.seed / 2_147_483_648;
  }
}
