import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';

const BINARY =
  process.env.GREENROOM_BIN ?? fileURLToPath(new URL('../target/debug/greenroom', import.meta.url));

/** The real server on loopback, with a data directory of its own. It can be killed and started again. */
export class Server {
  url = '';
  /** Lines that it has written, in JSON those of its log. */
  readonly said: string[] = [];
  private child: ChildProcess | null = null;
  private readonly directory: string;
  private readonly settings: Record<string, string>;

  private constructor(directory: string, settings: Record<string, string>) {
    this.directory = directory;
    this.settings = settings;
  }

  /** With these settings beside the defaults. */
  static async create(settings: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'greenroom-e2e-')), settings);
    await server.start();
    return server;
  }

  /** Starts it; a second time at the same address. */
  async start(): Promise<void> {
    const listen = this.url === '' ? '127.0.0.1:0' : new URL(this.url).host;
    const child = spawn(BINARY, ['serve', '--listen', listen, '--data-dir', this.directory], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A key in the environment must not be used.
      env: { ...process.env, GREENROOM__LLM__ENABLED: 'false', ...this.settings },
    });
    this.child = child;
    this.url = await readyAt(child, this.said);
  }

  /** Makes an administrator, as an operator does on the command line. */
  async addAdmin(email: string, password: string): Promise<void> {
    const adding = spawn(
      BINARY,
      ['--data-dir', this.directory, 'user', 'add', '--email', email, '--role', 'admin'],
      { stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, ...this.settings } },
    );
    adding.stdin.end(`${password}\n`);
    const [code] = (await once(adding, 'exit')) as [number];
    if (code !== 0) throw new Error(`the administrator was not made: exit ${code}`);
  }

  /** As by `kill -9`: no farewell. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The address that the server says it is ready at. */
function readyAt(child: ChildProcess, said: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const hear = (line: string) => {
      said.push(line);
      const url = /ready at (http:\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', hear);
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said.join('\n')}`)));
  });
}

/** What a browser says when a page does what its policy forbids. */
const VIOLATION = /Content Security Policy|Trusted(HTML|Script|Type)|Cross-Origin-|violates the following/i;

export const test = base.extend<{ policy: undefined }, { server: Server }>({
  // Every journey of every test: nothing that the app does may be refused by the policy that it is sent with.
  policy: [
    async ({ page }, use) => {
      const violations: string[] = [];
      page.on('console', (message) => {
        if (VIOLATION.test(message.text())) violations.push(message.text());
      });
      await use(undefined);
      expect(violations, 'violations of the content security policy').toEqual([]);
    },
    { auto: true },
  ],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture API needs the pattern
    async ({}, use) => {
      const server = await Server.create();
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});
