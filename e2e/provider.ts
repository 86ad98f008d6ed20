import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../scripts/oidc-provider', import.meta.url));

/** A certified OpenID Connect provider on loopback. */
export class Provider {
  readonly url: string;
  private readonly child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.child = child;
  }

  static async start(): Promise<Provider> {
    const child = spawn(SCRIPT, { stdio: ['pipe', 'pipe', 'ignore'] });
    if (!child.stdout) throw new Error('no pipe');
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^ready at (\S+)/.exec(line)?.[1];
      if (url) return new Provider(url, child);
    }
    throw new Error('the provider did not start; run scripts/oidc-provider to see why');
  }

  /** What the server must know of it, as `work`. */
  get settings(): Record<string, string> {
    return {
      GREENROOM__OAUTH__WORK__ISSUER: this.url,
      GREENROOM__OAUTH__WORK__CLIENT_ID: 'greenroom',
      GREENROOM__OAUTH__WORK__CLIENT_SECRET: 'a secret of forty characters, or even more',
      GREENROOM__OAUTH__WORK__LABEL: 'Work',
    };
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.stdin?.end();
    await gone;
  }
}
