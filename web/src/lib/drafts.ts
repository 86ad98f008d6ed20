import { keepStored, readStored } from './storage';

const PREFIX = 'greenroom.draft.';
const OWNER = 'greenroom.drafts-of';

/** Drafts of a sign-in that is over: they lie in this page alone until its person is back. */
let aside: Map<string, string> | null = null;

/** What was written but not sent, on this device. Empty when there is nothing. */
export function readDraft(questionId: string): string {
  return aside?.get(questionId) ?? readStored('localStorage', PREFIX + questionId) ?? '';
}

/** Keeps the text, or forgets it when it is blank. False when this device keeps nothing, as while nobody is signed in. */
export function keepDraft(questionId: string, text: string): boolean {
  const kept = text.trim() === '' ? null : text;
  if (!aside) return keepStored('localStorage', PREFIX + questionId, kept);
  if (kept === null) aside.delete(questionId);
  else aside.set(questionId, kept);
  return false;
}

/**
 * Says who is signed in. When nobody is any more, nothing of theirs stays on the device, but an open page still has what
 * was written; it goes back to the person it belongs to, and to nobody else.
 */
export function draftsBelongTo(person: string | null) {
  if (person === null) {
    aside = new Map([...(aside ?? []), ...stored()]);
    return forgetStored();
  }
  const drafts = aside;
  aside = null;
  const owner = readStored('localStorage', OWNER);
  if (owner !== null && owner !== person) forgetStored();
  else for (const [questionId, text] of drafts ?? []) keepDraft(questionId, text);
  keepStored('localStorage', OWNER, person);
}

/** Forgets every draft, and whose they were. */
export function forgetDrafts() {
  aside = null;
  forgetStored();
  keepStored('localStorage', OWNER, null);
}

function stored(): [string, string][] {
  return draftKeys().map((key) => [key.slice(PREFIX.length), readStored('localStorage', key) ?? '']);
}

function forgetStored() {
  for (const key of draftKeys()) keepStored('localStorage', key, null);
}

function draftKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    // Storage is blocked: nothing was stored.
    return [];
  }
}
