import { type FaceResult, Human } from '@vladmandic/human';
import type { Seen } from './seen';

/** Where the build puts the models and the engine; see `scripts/mirror-files.mjs`. */
declare const MIRROR_FILES: string;

/** Degrees that a head may be turned or nodded while it still faces the screen. A first guess: screens differ. */
const TURNED = 20;
const NODDED = 20;
/** How far the eyes may leave the middle, 0 to 1. A first guess. */
const GLANCE = 0.6;
/** Surer than this that it is a face. */
const SURE = 0.5;

type Looker = { look: (video: HTMLVideoElement) => Promise<Seen['face']> };

/** Loads the models, about 6 MB, from this server. Everything is worked out on this device; nothing is sent. */
export async function openLooker(): Promise<Looker> {
  const human = new Human({
    backend: 'wasm',
    wasmPath: MIRROR_FILES,
    modelBasePath: MIRROR_FILES,
    debug: false,
    warmup: 'none',
    cacheSensitivity: 0,
    filter: { enabled: false },
    gesture: { enabled: false },
    face: {
      enabled: true,
      detector: { maxDetected: 1, minConfidence: SURE, rotation: false },
      mesh: { enabled: true },
      iris: { enabled: true },
      emotion: { enabled: true },
      // Who somebody is, how old, of which sex, alive or a picture: none of our business.
      description: { enabled: false },
      antispoof: { enabled: false },
      liveness: { enabled: false },
      attention: { enabled: false },
    },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
  });
  // Threads would be started from text, which the content policy forbids.
  human.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await human.load();
  return {
    look: async (video) => {
      const { face, error } = await human.detect(video);
      if (error) throw new Error(error);
      return seenOf(face[0]);
    },
  };
}

const degrees = (radians: number) => (radians * 180) / Math.PI;

function seenOf(face: FaceResult | undefined): Seen['face'] {
  if (!face?.rotation || face.score < SURE) return null;
  const { angle, gaze } = face.rotation;
  const [yaw, pitch, roll] = [degrees(angle.yaw), degrees(angle.pitch), degrees(angle.roll)];
  const towards = Math.abs(yaw) < TURNED && Math.abs(pitch) < NODDED && gaze.strength < GLANCE;
  return { towards, yaw, pitch, roll, expression: face.emotion?.[0]?.emotion ?? 'unclear' };
}
