import { Notice } from '@/components/notice';
import { howToAllow, type MicrophoneTrouble as Trouble } from '@/lib/sound/microphone';

const WORDS: Record<Trouble, string> = {
  unsupported:
    'This browser gives no microphone to this page. It has to be reached by https, and the browser be of the last two years.',
  refused: 'The microphone is not allowed for this page.',
  none: 'No microphone was found. Plug one in, or switch it on, then try again.',
  busy: 'The microphone does not start: another program may be using it. Close that one, then try again.',
  gone: 'The microphone that was chosen is no longer plugged in. Choose another one.',
};

/** Why there is no microphone, and what helps. */
export function MicrophoneTrouble({ trouble }: { trouble: Trouble }) {
  return (
    <Notice kind="bad">
      <p>{WORDS[trouble]}</p>
      {trouble === 'refused' && <p>{howToAllow(navigator.userAgent)}</p>}
    </Notice>
  );
}
