/** What the server says: mono, 24 kHz. */
export const SAID_RATE = 24_000;
const PER_MS = SAID_RATE / 1000;
/** How fast sound fades out and in, ms: as good as at once, without a click. */
const FADE_MS = 20;
/** Sound that lies ready before a reply begins, or goes on after it ran dry, ms. */
const READY_MS = 60;
/** After this long, ms, what lies there is played however little it is: nothing more may come. */
const PATIENCE_MS = 200;
/** Longest reply that is kept, ms. */
const LONGEST_MS = 600_000;
/** Replies whose sound may come before the one that sounds is over. */
const REPLIES = 4;

type Reply = { samples: Float32Array; filled: number };

/**
 * The replies of the interviewer, written as they come and played as they are called for. What has sounded stays until
 * the next reply, so that one that was hushed can go on from any place.
 */
export class ReplyTape {
  private readonly replies = new Map<number, Reply>();
  private current: number | null = null;
  /** Sample of the current reply that sounds next. */
  private at = 0;
  private gain = 0;
  private wanted = 0;
  private dryFor = 0;
  private flowing = false;

  /** Sound of a reply, 16 bit, from `offsetMs` of it on. Again is harmless. */
  take(reply: number, offsetMs: number, pcm: Int16Array) {
    const from = Math.round(offsetMs * PER_MS);
    const until = from + pcm.length;
    if (until > LONGEST_MS * PER_MS || pcm.length === 0) return;
    const tape = this.replies.get(reply) ?? this.begin(reply);
    if (tape.samples.length < until) {
      const longer = new Float32Array(Math.max(until, tape.samples.length * 2));
      longer.set(tape.samples);
      tape.samples = longer;
    }
    for (const [index, sample] of pcm.entries()) tape.samples[from + index] = sample / 32_768;
    tape.filled = Math.max(tape.filled, until);
  }

  private begin(reply: number): Reply {
    for (const old of this.replies.keys()) {
      if (this.replies.size < REPLIES) break;
      if (old !== this.current) this.replies.delete(old);
    }
    const tape = { samples: new Float32Array(SAID_RATE), filled: 0 };
    this.replies.set(reply, tape);
    return tape;
  }

  /** Lets a reply sound from its beginning; those before it are over. */
  play(reply: number) {
    if (this.current !== reply) {
      if (this.current !== null) this.replies.delete(this.current);
      this.current = reply;
      this.at = 0;
      this.flowing = false;
      this.dryFor = 0;
      // A beginning is not faded in: its first sound belongs to a word.
      this.gain = 1;
    }
    this.wanted = 1;
  }

  /** Silence at once; it may go on. */
  hush(reply: number) {
    if (reply === this.current) this.wanted = 0;
  }

  /** Goes on from here, ms from its beginning. */
  resume(reply: number, fromMs: number) {
    if (reply !== this.current) this.play(reply);
    this.at = Math.max(0, Math.round(fromMs * PER_MS));
    this.flowing = false;
    this.dryFor = 0;
    this.wanted = 1;
  }

  /** Drops what has not sounded. */
  stop(reply: number) {
    if (reply !== this.current) {
      this.replies.delete(reply);
      return;
    }
    this.wanted = 0;
    const tape = this.replies.get(reply);
    const faded = this.at + FADE_MS * PER_MS;
    if (tape) tape.filled = Math.min(tape.filled, this.gain > 0 ? faded : this.at);
  }

  /** How much of which reply has sounded; null before the first. */
  played(): { reply: number; ms: number } | null {
    return this.current === null ? null : { reply: this.current, ms: Math.floor(this.at / PER_MS) };
  }

  /** Whether anything sounds. */
  sounds(): boolean {
    return this.flowing && (this.gain > 0 || this.wanted > 0);
  }

  /** Fills `output` with what sounds next. */
  render(output: Float32Array) {
    output.fill(0);
    const tape = this.current === null ? undefined : this.replies.get(this.current);
    if (!tape || (this.wanted === 0 && this.gain === 0)) return;
    if (!this.flowing && !this.isReady(tape, output.length)) return;
    this.flowing = true;
    const step = 1 / (FADE_MS * PER_MS);
    for (let index = 0; index < output.length; index += 1) {
      if (this.wanted === 0 && this.gain === 0) return;
      if (this.at >= tape.filled) {
        this.flowing = false;
        this.dryFor = 0;
        if (this.wanted === 0) this.gain = 0;
        return;
      }
      const { gain, wanted } = this;
      this.gain = gain < wanted ? Math.min(wanted, gain + step) : Math.max(wanted, gain - step);
      output[index] = (tape.samples[this.at] ?? 0) * this.gain;
      this.at += 1;
    }
  }

  private isReady(tape: Reply, samples: number): boolean {
    const lies = tape.filled - this.at;
    if (lies <= 0) return false;
    this.dryFor += samples / PER_MS;
    return lies >= READY_MS * PER_MS || this.dryFor >= PATIENCE_MS;
  }
}
