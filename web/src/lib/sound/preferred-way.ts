import { keepStored, readStored } from '@/lib/storage';

const KEY = 'greenroom.realtime';

/** Whether one model is to hear and speak, as was chosen on this device; where there is one. */
export const prefersRealtime = (): boolean => readStored('localStorage', KEY) === 'yes';

export const preferRealtime = (on: boolean) => keepStored('localStorage', KEY, on ? 'yes' : null);
