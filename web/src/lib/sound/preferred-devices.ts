import { keepStored, readStored } from '@/lib/storage';

/** Which devices somebody chose, on this device; the empty id is the system's own choice. */
export type PreferredDevices = { input: string; output: string };

const KEY = 'greenroom.sound';

export function preferredDevices(): PreferredDevices {
  try {
    return { input: '', output: '', ...JSON.parse(readStored('localStorage', KEY) ?? '{}') };
  } catch {
    return { input: '', output: '' };
  }
}

export function preferDevices(devices: PreferredDevices) {
  keepStored('localStorage', KEY, JSON.stringify(devices));
}
