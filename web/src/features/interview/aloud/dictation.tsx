import { Mic, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { canRecognise, dictate, type Dictation as Listening } from '@/lib/sound/browser-recognition';
import { howToAllow } from '@/lib/sound/microphone';
import { keepStored, readStored } from '@/lib/storage';

const KEY = 'greenroom.dictation';

type Props = {
  language: string;
  disabled: boolean;
  /** Words that were understood, to be added to the answer. */
  onWords: (words: string) => void;
};

/** The browser's own recogniser, as the last resort: who uses it is told where their voice may go. */
export function Dictation({ language, disabled, onWords }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [partial, setPartial] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const listening = useRef<Listening | null>(null);
  const heard = useRef(onWords);
  heard.current = onWords;
  useEffect(() => () => listening.current?.stop(), []);
  useEffect(() => {
    if (disabled) listening.current?.stop();
  }, [disabled]);
  if (!canRecognise()) return null;
  const start = () => {
    setFailed(null);
    setPartial('');
    listening.current = dictate(language, {
      onWords: (words) => words && heard.current(words),
      onPartial: setPartial,
      onEnd: (error) => {
        setPartial(null);
        setFailed(error);
      },
    });
  };
  const press = () => {
    if (partial !== null) listening.current?.stop();
    else if (readStored('localStorage', KEY) === 'yes') start();
    else setAsking(true);
  };
  return (
    <>
      <Button aria-pressed={partial !== null} disabled={disabled} onClick={press}>
        {partial === null ? <Mic aria-hidden size={17} /> : <Square aria-hidden size={15} />}
        {partial === null ? 'Dictate' : 'Stop dictating'}
      </Button>
      {partial !== null && (
        <p className="soft small" dir="auto">
          {partial || 'Listening …'}
        </p>
      )}
      {failed && <Notice kind="bad">{inWords(failed)}</Notice>}
      <ConfirmDialog
        title="Your voice may leave this device"
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          keepStored('localStorage', KEY, 'yes');
          setAsking(false);
          start();
        }}
        confirm="Dictate"
        cancel="Type instead"
      >
        <p>
          This server cannot turn speech into text, but your browser can. Most browsers send the sound to
          their maker for it (Google, Apple or Microsoft), under that company’s terms. Greenroom neither sends
          nor keeps it; only the text is used.
        </p>
      </ConfirmDialog>
    </>
  );
}

function inWords(error: string): string {
  if (error === 'not-allowed' || error === 'service-not-allowed') {
    return `The microphone is not allowed for this page. ${howToAllow(navigator.userAgent)}`;
  }
  if (error === 'audio-capture') return 'No microphone was found. Plug one in, or type.';
  if (error === 'language-not-supported')
    return 'Your browser does not understand this language. Type instead.';
  return 'Your browser could not turn speech into text. What was understood stays; type the rest, or try again.';
}
