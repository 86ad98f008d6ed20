import { Framer } from './framer';

/** Posts what the microphone hears as frames of 20 ms. Runs in the browser's audio thread. */
class Capture extends AudioWorkletProcessor {
  private readonly framer = new Framer(sampleRate);

  override process([input]: Float32Array[][]): boolean {
    const mono = input?.[0];
    if (!mono) return true;
    for (const frame of this.framer.push(mono)) this.port.postMessage(frame, [frame.buffer]);
    return true;
  }
}

registerProcessor('greenroom-capture', Capture);
