import type { LineState } from '@/api/voice-line/line';
import type { Told } from './told';

/** What is told beside the words, by the server's names and those of this page. */
const TOLD: Record<string, string> = {
  take_your_time: 'Take your time. Nobody is waiting for you.',
  repeat_or_type: 'Still here. Say “repeat the question”, or type your answer instead.',
  not_understood: 'That could not be made out. What was understood is kept: say the rest again, or type it.',
  only_noise: 'There is sound, but no words in it. Move closer to the microphone, or type.',
  long_answer: 'This answer has become long. Finish when it suits you.',
  answer_full:
    'This answer is as long as an answer can be: what you have said until now is judged. What follows is kept, and counts for nothing.',
  taken_for_length:
    'This answer had become very long, so it was taken at your pause. What you say before the next question still belongs to it.',
  muted: 'Your microphone is off. Switch it on to speak.',
  still_thinking: 'The next question takes longer than usual. Nothing is lost.',
  read_instead:
    'The interviewer cannot be heard at the moment; read the question above. Your answers are heard.',
  as_written:
    'The interviewer put this question in words that do not say all of it. What counts is the question as it stands above.',
  realtime_lost:
    'The model that heard you and spoke has failed. Others go on in its place, perhaps with another voice; nothing that you said is lost.',
  network_weak: 'The connection is weak. Words may come late; nothing that was heard is lost.',
  answer_not_kept:
    'Your answer could not be kept. Its words stand below: copy them into the text box and send them from there.',
  silenced:
    'Your device has silenced the microphone: by its switch, a call or the system. Nothing is heard until it lets go.',
  slept: 'This page was asleep, and nothing was heard meanwhile. Say it again, or type it.',
};

/** What was lost after words that were kept; less than half a second is no word. */
function lost(ms: number | undefined): string {
  if (ms === undefined) return 'If your last seconds are missing, say them again, or type.';
  if (ms < 500) return 'Nothing is missing.';
  const seconds = Math.round(ms / 1_000);
  return `${seconds <= 1 ? 'About a second' : `About ${seconds} seconds`} of what you said after them ${
    seconds <= 1 ? 'is' : 'are'
  } missing: say that again, or type.`;
}

/** Null for a name that this page does not know. */
export function inWords({ what, engine, lostMs }: Told): string | null {
  if (what === 'words_kept') {
    return `Your answer was cut off by a new connection. The words below are kept: go on from there. ${lost(lostMs)}`;
  }
  if (what === 'engine_lost') {
    const what = engine ? `The engine “${engine}”` : 'An engine';
    return `${what} has failed. The interview goes on in writing: the question stands above, and you can type. What was understood is kept.`;
  }
  return TOLD[what] ?? null;
}

/** Why the voice line is over, where the person should know. */
export function closedInWords(reason: string): string {
  if (reason === 'taken_over') return 'This interview is being spoken in another tab or on another device.';
  if (reason === 'over') return 'The interview is over.';
  if (reason === 'left') return 'The line was gone for too long. What you said before is kept.';
  return 'The voice line has ended. You can join again, or type.';
}

export const PHASE_WORDS = {
  connecting: 'Connecting',
  listening: 'Your turn',
  thinking: 'The interviewer is thinking',
  speaking: 'The interviewer is speaking',
  interrupted: 'Listening to you',
  closing: 'The interview is over',
};

export const LINE_WORDS: Partial<Record<LineState, string>> = {
  connecting: 'Connecting',
  lost: 'Connection lost, reconnecting',
};
