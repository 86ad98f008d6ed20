import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, ownDirectory, type Program } from './child.ts';
import { freePort } from './loopback.ts';

const KEY = 'sk-gateway';
/** Python reads 740 MB of packages the first time. */
const STARTS_WITHIN_MS = 120_000;

/** LiteLLM's proxy on loopback, which passes on what it is asked. */
export class Gateway {
  readonly key = KEY;
  readonly url: string;
  private readonly child: Child;

  private constructor(url: string, child: Child) {
    this.url = url;
    this.child = child;
  }

  /** In front of the vendor at `behind`. */
  static async start(behind: string): Promise<Gateway> {
    const tools = fileURLToPath(new URL('../scripts/python-tools', import.meta.url));
    const home = execFileSync(tools, ['gateway'], { encoding: 'utf8' }).trim();
    const directory = await ownDirectory('gateway');
    const config = join(directory, 'config.json');
    await writeFile(config, JSON.stringify(settings(behind)));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const own = { LITELLM_LOCAL_MODEL_COST_MAP: 'True', LITELLM_MODE: 'PRODUCTION', NO_PROXY: '127.0.0.1' };
    const program: Program = {
      name: 'LiteLLM',
      command: join(home, 'bin', 'litellm'),
      args: ['--config', config, '--host', '127.0.0.1', '--port', `${port}`],
      options: { cwd: directory, env: { ...process.env, ...own } },
      health: `${url}/health/liveliness`,
      withinMs: STARTS_WITHIN_MS,
    };
    return new Gateway(url, await Child.start(program, directory));
  }

  /** As by `kill -9`. */
  kill(): Promise<void> {
    return this.child.kill();
  }

  remove(): Promise<void> {
    return this.child.remove();
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
