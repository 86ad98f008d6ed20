import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as listener } from 'node:net';

/** A service that a test plays, at a port of loopback that was free. */
export class Loopback {
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async start(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<Loopback> {
    const server = createServer((request, response) => void answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Loopback(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = listener().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
