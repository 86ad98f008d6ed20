import { forgetDrafts } from './drafts';
import { forgetHeld } from './storage';

/** Forgets what this device keeps of a person: drafts and papers. The theme stays. */
export function forgetDevice() {
  forgetHeld();
  forgetDrafts();
  try {
    sessionStorage.clear();
  } catch {
    // Storage is blocked: nothing was stored.
  }
}
