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

/** Bytes that a stream loses together: a segment of TCP over Ethernet. */
const SEGMENT_BYTES = 1_448;
/** Segments behind a lost one that tell its sender so (RFC 5681, section 3.2). */
const SEGMENTS_BEHIND = 3;
/** Round trips without any of them after which it is sent again all the same (a tail loss probe, RFC 8985, section 7). */
const PROBE_ROUND_TRIPS = 2;

/** A part of a stream under way. */
type Segment = { bytes: Buffer; arrives: number; behind: number };

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

  /**
   * What comes earlier arrives earlier: a lost segment holds up all that is behind it, until it has been sent again. That
   * is once three others have come through, or after two round trips.
   */
  private carry(from: Socket, into: Socket): void {
    const underWay: Segment[] = [];
    let next: NodeJS.Timeout | undefined;
    const arrive = () => {
      clearTimeout(next);
      const now = performance.now();
      let first = underWay[0];
      for (; first && first.arrives <= now; first = underWay[0]) {
        underWay.shift();
        if (!into.destroyed) into.write(first.bytes);
      }
      // A timer counts from when the loop last looked at the clock, so it may be early by what was done since.
      if (first) next = setTimeout(arrive, Math.ceil(first.arrives - now));
    };
    from.on('data', (piece) => {
      const { delayMs, loss } = this.weather;
      if (delayMs === 0 && loss === 0 && underWay.length === 0) {
        into.write(piece);
        return;
      }
      const now = performance.now();
      for (let at = 0; at < piece.length; at += SEGMENT_BYTES) {
        for (const lost of underWay.filter(({ behind }) => behind < SEGMENTS_BEHIND)) {
          lost.behind += 1;
          if (lost.behind === SEGMENTS_BEHIND) lost.arrives = Math.min(lost.arrives, now + 3 * delayMs);
        }
        const isLost = this.draw() < loss;
        underWay.push({
          bytes: piece.subarray(at, at + SEGMENT_BYTES),
          arrives: now + delayMs * (isLost ? 2 * PROBE_ROUND_TRIPS + 1 : 1),
          behind: isLost ? 0 : SEGMENTS_BEHIND,
        });
      }
      arrive();
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
