import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How often it is asked whether a program is ready, ms. */
const ASKED_EVERY_MS = 50;

/** What is to be started. */
export type Program = {
  /** What it is called when it does not start. */
  name: string;
  command: string;
  args: string[];
  options?: SpawnOptions;
  /** Answers with success once the program is ready. */
  health: string;
  withinMs: number;
};

/** A folder for a program alone. */
export const ownDirectory = (name: string) => mkdtemp(join(tmpdir(), `greenroom-${name}-`));

/** A program that runs as long as a test needs it, with a folder that goes with it. */
export class Child {
  private readonly process: ChildProcess;
  private readonly directory: string;

  private constructor(process: ChildProcess, directory: string) {
    this.process = process;
    this.directory = directory;
  }

  /** Starts a program and waits until it is ready. */
  static async start(program: Program, directory: string): Promise<Child> {
    const { name, command, args, options, health, withinMs } = program;
    const child = new Child(spawn(command, args, { stdio: 'ignore', ...options }), directory);
    let failed = false;
    child.process.once('error', () => {
      failed = true;
    });
    for (const until = Date.now() + withinMs; Date.now() < until && !failed && child.isRunning(); ) {
      if ((await fetch(health).catch(() => null))?.ok) return child;
      await new Promise((done) => setTimeout(done, ASKED_EVERY_MS));
    }
    await child.remove();
    throw new Error(`${name} does not start`);
  }

  /** As by `kill -9`. */
  async kill(): Promise<void> {
    if (this.process.pid === undefined || !this.isRunning()) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }

  /** Ends it, and deletes its folder. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  private isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }
}
