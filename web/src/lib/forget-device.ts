import { forgetHeld } from './storage';

/** Forgets what this device keeps of a person: drafts and papers. The theme stays. */
export function forgetDevice() {
  forgetHeld();
  try {
    sessionStorage.clear();
    const personal = Object.keys(localStorage).filter((key) => key.startsWith('greenroom.draft.'));
    for (const key of personal) localStorage.removeItem(key);
  } catch {
    // Storage is blocked: nothing was stored.
  }
}
