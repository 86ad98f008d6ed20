import { ReplyTape } from './reply-tape';
import type { ToTape } from './speaker';

/** Blocks of 128 samples between two reports of what has sounded: about 100 ms. */
const REPORT_EVERY = 19;

/** Plays the interviewer's replies. Runs in the browser's audio thread, at 24 kHz. */
class Playback extends AudioWorkletProcessor {
  private readonly tape = new ReplyTape();
  private blocks = 0;
  private said = '';

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ToTape>) => this.follow(data);
  }

  private follow(order: ToTape) {
    const { tape } = this;
    if (order.kind === 'take') tape.take(order.reply, order.offsetMs, order.pcm);
    else if (order.kind === 'resume') tape.resume(order.reply, order.fromMs);
    else tape[order.kind](order.reply);
  }

  override process(_inputs: Float32Array[][], [output]: Float32Array[][]): boolean {
    const sounded = this.tape.sounds();
    if (output?.[0]) this.tape.render(output[0]);
    this.blocks += 1;
    // At the first sample and at the last one too: both are what the server wants to know most.
    if (this.blocks % REPORT_EVERY === 0 || sounded !== this.tape.sounds()) this.report();
    return true;
  }

  private report() {
    const played = this.tape.played();
    const now = JSON.stringify(played);
    if (!played || now === this.said) return;
    this.said = now;
    this.port.postMessage(played);
  }
}

registerProcessor('greenroom-playback', Playback);
