type Kind = 'localStorage' | 'sessionStorage';

/** What belongs to this tab and could not be stored: it lasts until the page is loaded again. */
const held = new Map<string, string>();

/** Storage that may be blocked or full: then this tab remembers its own things, and nothing breaks. */
export function readStored(storage: Kind, key: string): string | null {
  const own = storage === 'sessionStorage' ? held.get(key) : undefined;
  if (own !== undefined) return own;
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

/** Keeps `value`, or forgets the key when it is null. False when it could not be stored. */
export function keepStored(storage: Kind, key: string, value: string | null): boolean {
  held.delete(key);
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
    return true;
  } catch {
    if (storage === 'sessionStorage' && value !== null) held.set(key, value);
    return false;
  }
}

/** Forgets what this tab remembers by itself. */
export function forgetHeld() {
  held.clear();
}
