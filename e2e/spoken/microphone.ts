import type { Page } from '@playwright/test';
import { spoken } from './sound.ts';

/** What a page under test has beside its own: a microphone that plays files. */
type Stage = Window & {
  greenroomSays?: (file: string) => Promise<void>;
};

/** How loud the room is, as a share of full scale. */
const ROOM = 0.0005;

/**
 * Gives the pages of a test a microphone that is silent until a WAV file is played into it. From there on all is the
 * browser's own: the track, the worklet, WebRTC.
 */
export async function giveMicrophone(page: Page): Promise<void> {
  await page.addInitScript((loudness) => {
    const context = new AudioContext();
    const microphone = context.createMediaStreamDestination();
    // A room is never quite still, and a context without a source sends nothing at all.
    const room = new AudioBuffer({ length: context.sampleRate, sampleRate: context.sampleRate });
    room.copyToChannel(
      Float32Array.from({ length: room.length }, (_, n) => Math.sin(n * n) * loudness),
      0,
    );
    const still = new AudioBufferSourceNode(context, { buffer: room, loop: true });
    still.connect(microphone);
    still.start();
    // Asked for until it was given once, as by a person: a page that finds it given goes into the room by itself.
    let isGiven = false;
    navigator.permissions.query = async () => ({ state: isGiven ? 'granted' : 'prompt' }) as PermissionStatus;
    navigator.mediaDevices.getUserMedia = async () => {
      isGiven = true;
      await context.resume();
      return new MediaStream(microphone.stream.getAudioTracks().map((track) => track.clone()));
    };
    (window as Stage).greenroomSays = async (file) => {
      const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
      const source = new AudioBufferSourceNode(context, {
        buffer: await context.decodeAudioData(bytes.buffer),
      });
      source.connect(microphone);
      source.start();
      await new Promise((done) => {
        source.onended = done;
      });
    };
  }, ROOM);
}

/** Says a sentence into the microphone; resolves when it is said. */
export async function say(page: Page, text: string): Promise<void> {
  await page.evaluate((file) => (window as Stage).greenroomSays?.(file), spoken(text).toString('base64'));
}
