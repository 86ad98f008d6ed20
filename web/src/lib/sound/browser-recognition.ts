/** What browsers call it, where they have it; TypeScript's library leaves it out. */
type Recognition = {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start: () => void;
  stop: () => void;
  abort: () => void;
  onresult: ((event: RecognitionResult) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
};
type RecognitionResult = {
  resultIndex: number;
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
};

function recognitionClass(): (new () => Recognition) | undefined {
  const known = window as unknown as Record<string, (new () => Recognition) | undefined>;
  return known.SpeechRecognition ?? known.webkitSpeechRecognition;
}

/** Whether this browser can turn speech into text. Most send the sound to their maker for it. */
export const canRecognise = () => recognitionClass() !== undefined;

export type Dictation = { stop: () => void };

type Handlers = {
  /** Words that stand. */
  onWords: (text: string) => void;
  /** Words so far, which may still change. */
  onPartial: (text: string) => void;
  /** It has ended; with the browser's own word for what went wrong, if something did. */
  onEnd: (error: string | null) => void;
};

/** Listens with the browser's recogniser until it is stopped. It is started again when a pause ended it. */
export function dictate(language: string, { onWords, onPartial, onEnd }: Handlers): Dictation {
  const Recognise = recognitionClass();
  if (!Recognise) {
    onEnd('unsupported');
    return { stop: () => undefined };
  }
  const recognition = new Recognise();
  recognition.lang = language;
  recognition.continuous = true;
  recognition.interimResults = true;
  let wanted = true;
  let failed: string | null = null;
  recognition.onresult = ({ resultIndex, results }) => {
    let partial = '';
    for (const result of Array.from(results).slice(resultIndex)) {
      const text = result[0]?.transcript ?? '';
      if (result.isFinal) onWords(text.trim());
      else partial += text;
    }
    onPartial(partial.trim());
  };
  recognition.onerror = ({ error }) => {
    // Silence is no failure.
    if (error !== 'no-speech' && error !== 'aborted') failed = error;
  };
  recognition.onend = () => {
    if (wanted && failed === null) return recognition.start();
    onPartial('');
    onEnd(failed);
  };
  recognition.start();
  return {
    stop: () => {
      wanted = false;
      recognition.stop();
    },
  };
}
