import { keepStored, readStored } from '@/lib/storage';

const KEY = 'greenroom.voice';

/** The id of the interviewer's voice that was chosen on this device; null: the one that suits the manner. */
export const preferredVoice = (): string | null => readStored('localStorage', KEY);

export const preferVoice = (id: string | null) => keepStored('localStorage', KEY, id);
