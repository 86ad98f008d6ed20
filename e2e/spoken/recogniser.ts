import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PEER = fileURLToPath(new URL('../../tools/speech_peer.py', import.meta.url));
const TOOLS = fileURLToPath(new URL('../../scripts/python-tools', import.meta.url));
const STARTS_WITHIN_MS = 30_000;

/** A real recogniser on loopback, pocketsphinx, which expects these sentences. */
export class Recogniser {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly directory: string;

  private constructor(url: string, child: ChildProcess, directory: string) {
    this.url = url;
    this.child = child;
    this.directory = directory;
  }

  static async start(sentences: string[]): Promise<Recogniser> {
    const home = execFileSync(TOOLS, ['speech'], { encoding: 'utf8' }).trim();
    const directory = await mkdtemp(join(tmpdir(), 'greenroom-recogniser-'));
    const file = join(directory, 'sentences.txt');
    await writeFile(file, sentences.join('\n'));
    const port = await freePort();
    const child = spawn(join(home, 'bin/python'), [PEER, '--port', String(port), '--sentences', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    const until = Date.now() + STARTS_WITHIN_MS;
    while (child.exitCode === null && Date.now() < until) {
      if ((await fetch(`${url}/health`).catch(() => null))?.ok)
        return new Recogniser(`${url}/v1`, child, directory);
      await new Promise((done) => setTimeout(done, 50));
    }
    child.kill();
    throw new Error(
      'the recogniser does not start: see tools/speech_peer.py and scripts/python-tools speech',
    );
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
