import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KEY = 'sk-gateway';
/** Python reads 740 MB of packages the first time. */
const STARTS_WITHIN_MS = 120_000;

/** LiteLLM's proxy on loopback, which passes on what it is asked. */
export class Gateway {
  readonly key = KEY;
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly directory: string;

  private constructor(url: string, child: ChildProcess, directory: string) {
    this.url = url;
    this.child = child;
    this.directory = directory;
  }

  /** In front of the vendor at `behind`. */
  static async start(behind: string): Promise<Gateway> {
    const tools = fileURLToPath(new URL('../scripts/python-tools', import.meta.url));
    const home = execFileSync(tools, ['gateway'], { encoding: 'utf8' }).trim();
    const directory = await mkdtemp(join(tmpdir(), 'greenroom-gateway-'));
    const config = join(directory, 'config.json');
    await writeFile(config, JSON.stringify(settings(behind)));
    const port = await freePort();
    const child = spawn(join(home, 'bin', 'litellm'), ['--config', config, '--host', '127.0.0.1', '--port', `${port}`], {
      cwd: directory,
      stdio: 'ignore',
      env: { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: 'True', LITELLM_MODE: 'PRODUCTION', NO_PROXY: '127.0.0.1' },
    });
    const gateway = new Gateway(`http://127.0.0.1:${port}`, child, directory);
    await gateway.isReady();
    return gateway;
  }

  /** As by `kill -9`. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async isReady(): Promise<void> {
    for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; ) {
      const answer = await fetch(`${this.url}/health/liveliness`).catch(() => null);
      if (answer?.ok) return;
      if (this.child.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    await this.remove();
    throw new Error('LiteLLM did not start');
  }
}

function settings(behind: string) {
  const passed = { model: 'openai/behind', api_base: behind, api_key: 'sk-behind' };
  return {
    model_list: [{ model_name: 'passed-on', litellm_params: passed }],
    general_settings: { master_key: KEY },
    litellm_settings: { num_retries: 0, telemetry: false },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
