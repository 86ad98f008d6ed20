import { keepStored, readStored } from './storage';

const PREFIX = 'greenroom.draft.';

/** What was written but not sent, on this device. Empty when there is nothing. */
export function readDraft(questionId: string): string {
  return readStored('localStorage', PREFIX + questionId) ?? '';
}

/** Keeps the text, or forgets it when it is blank. False when this device keeps nothing. */
export function keepDraft(questionId: string, text: string): boolean {
  return keepStored('localStorage', PREFIX + questionId, text.trim() === '' ? null : text);
}
