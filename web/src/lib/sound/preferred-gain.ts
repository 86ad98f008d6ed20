import { keepStored, readStored } from '@/lib/storage';

const KEY = 'greenroom.loudness';

/** Whether the browser is to keep the loudness even, as was chosen on this device; it does unless told not to. */
export const prefersEvenLoudness = (): boolean => readStored('localStorage', KEY) !== 'as-it-is';

export const preferEvenLoudness = (on: boolean) => keepStored('localStorage', KEY, on ? null : 'as-it-is');
