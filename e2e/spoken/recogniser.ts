import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, ownDirectory, type Program } from '../child.ts';
import { freePort } from '../loopback.ts';

const PEER = fileURLToPath(new URL('../../tools/speech_peer.py', import.meta.url));
const TOOLS = fileURLToPath(new URL('../../scripts/python-tools', import.meta.url));
const STARTS_WITHIN_MS = 30_000;

/** A real recogniser on loopback, pocketsphinx, which expects these sentences. */
export class Recogniser {
  readonly url: string;
  private readonly child: Child;

  private constructor(url: string, child: Child) {
    this.url = url;
    this.child = child;
  }

  static async start(sentences: string[]): Promise<Recogniser> {
    const home = execFileSync(TOOLS, ['speech'], { encoding: 'utf8' }).trim();
    const directory = await ownDirectory('recogniser');
    const file = join(directory, 'sentences.txt');
    await writeFile(file, sentences.join('\n'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const program: Program = {
      name: 'the recogniser (tools/speech_peer.py, scripts/python-tools speech)',
      command: join(home, 'bin/python'),
      args: [PEER, '--port', String(port), '--sentences', file],
      options: { stdio: ['ignore', 'ignore', 'inherit'] },
      health: `${url}/health`,
      withinMs: STARTS_WITHIN_MS,
    };
    return new Recogniser(`${url}/v1`, await Child.start(program, directory));
  }

  stop(): Promise<void> {
    return this.child.remove();
  }
}
