import { sentences } from '@/lib/sentences';

/** Voices come late in some browsers. */
const VOICES_WITHIN_MS = 1_500;

const baseOf = (language: string) => language.toLowerCase().split(/[-_]/)[0];

/** Voices of this browser for a language; those that speak on the device itself first. */
function voicesFor(language: string): SpeechSynthesisVoice[] {
  return speechSynthesis
    .getVoices()
    .filter(({ lang }) => baseOf(lang) === baseOf(language))
    .sort((a, b) => Number(b.localService) - Number(a.localService) || Number(b.default) - Number(a.default));
}

/** The voice of this browser that fits a language best; null where it has none. Waits for it to know them. */
export async function browserVoice(language: string): Promise<SpeechSynthesisVoice | null> {
  if (!('speechSynthesis' in window)) return null;
  const known = voicesFor(language)[0];
  if (known) return known;
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(late);
      speechSynthesis.removeEventListener('voiceschanged', done);
      resolve(voicesFor(language)[0] ?? null);
    };
    const late = setTimeout(done, VOICES_WITHIN_MS);
    speechSynthesis.addEventListener('voiceschanged', done);
  });
}

/**
 * Says a text with the browser's voice, a sentence at a time: some browsers break off what is longer. Returns how to
 * stop it; `onEnd` is called once, however it ends.
 */
export function sayWith(voice: SpeechSynthesisVoice, text: string, onEnd: () => void): () => void {
  const parts = sentences(text, voice.lang);
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    onEnd();
  };
  const next = () => {
    const part = parts.shift();
    if (over) return;
    if (part === undefined) return end();
    const said = new SpeechSynthesisUtterance(part);
    said.voice = voice;
    said.lang = voice.lang;
    said.onend = next;
    said.onerror = end;
    speechSynthesis.speak(said);
  };
  next();
  return () => {
    end();
    speechSynthesis.cancel();
  };
}
