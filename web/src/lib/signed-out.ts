import { keepStored, readStored } from './storage';

const KEY = 'greenroom.signed-out';
const listeners = new Set<() => void>();

/** Why this device is not signed in any more, in words, until it is signed in again or the person has read it. */
export const whySignedOut = () => readStored('sessionStorage', KEY);

/** Says why, or that it is known. */
export function sayWhySignedOut(words: string | null) {
  if (whySignedOut() === words) return;
  keepStored('sessionStorage', KEY, words);
  for (const listener of listeners) listener();
}

/** Hears of changes; returns how to stop. */
export function onSignedOut(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
