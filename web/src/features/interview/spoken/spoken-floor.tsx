import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Session, Submission } from '@/api/types';
import { useVoice } from '@/api/voice';
import { Notice } from '@/components/notice';
import { useSpeechConsent } from '@/components/sound/use-speech-consent';
import { isMicrophoneAllowed } from '@/lib/sound/microphone';
import { useWakeLock } from '@/lib/use-wake-lock';
import { Captions } from './captions';
import { ConsentFirst } from './consent-first';
import { SpeakingPanel } from './speaking-panel';
import { useRecorded } from './use-recorded';
import { useVoiceKeys } from './use-voice-keys';
import { useVoiceRoom } from './use-voice-room';
import { WayIn } from './way-in';

type Props = {
  session: Session;
  answers: Submission[];
  /** Where answers are typed; it stays within reach. */
  answerBox: ReactNode;
  /** Whether something is typed that was not sent. */
  hasDraft: boolean;
  /** Whether the interviewer's words are heard, so that nobody else need read them out. */
  onHeard: (heard: boolean) => void;
  /** Whether the sound is being kept. */
  onRecorded: (recorded: boolean) => void;
  /** Whether the browser reads the question out: nobody is to take that for the candidate. */
  isReadOut: boolean;
};

/** Where the person speaks. Typing needs nothing of it and works whatever fails here. */
export function SpokenFloor(props: Props) {
  const { session, answers, answerBox, hasDraft, onHeard, onRecorded, isReadOut } = props;
  const { data: about, isError } = useVoice();
  const voice = useVoiceRoom(session.id, about);
  const recorded = useRecorded(voice.log.recording);
  const { presence, line, log, join, leave, mute, hold } = voice;
  const [isTyping, setTyping] = useState(hasDraft);
  const canHear = about?.speech_to_text === true;
  const speech = useSpeechConsent(about);
  const mayHear = canHear && (speech === 'free' || speech === 'agreed');
  // The last words are said when the interview is over; the server ends the line after them.
  const isOpen = session.status !== 'paused';
  const isInside = presence === 'inside';
  const latest = useRef(join);
  latest.current = join;
  useWakeLock(isInside);

  // Who has just tried the microphone, or was in the room before a reload, goes straight in; others are asked.
  useEffect(() => {
    if (!mayHear || !isOpen) return;
    let gone = false;
    void isMicrophoneAllowed().then((allowed) => {
      if (!gone && allowed && navigator.userActivation?.hasBeenActive) void latest.current();
    });
    return () => {
      gone = true;
      leave();
    };
  }, [mayHear, isOpen, leave]);

  const type = () => {
    const now = !isTyping;
    setTyping(now);
    // Keys are loud, and what is typed need not be heard too.
    if (isInside) mute(now);
  };
  useVoiceKeys({ done: voice.done, mute: () => mute(!voice.muted), type }, isInside);
  const isHeard =
    isInside &&
    line === 'open' &&
    about?.text_to_speech === true &&
    !log.told.some(({ what }) => what === 'read_instead');
  useEffect(() => onHeard(isHeard), [isHeard, onHeard]);
  const isRecorded = isInside && recorded.state === 'on';
  useEffect(() => onRecorded(isRecorded), [isRecorded, onRecorded]);
  useEffect(() => hold(isReadOut), [isReadOut, hold]);

  if (!isOpen) return null;
  const unable = isError || (about && !canHear);
  return (
    <>
      {unable && (
        <Notice kind="doubt">
          <p>
            This server cannot hear at the moment: no engine turns speech into text. Type your answers; the
            interview is the same.
          </p>
        </Notice>
      )}
      {canHear &&
        (isInside ? (
          <SpeakingPanel voice={voice} recorded={recorded} isTyping={isTyping} onType={type} />
        ) : speech === 'missing' ? (
          <ConsentFirst about={about} isTyping={isTyping} onType={type} />
        ) : (
          <WayIn voice={voice} isTyping={isTyping} onType={type} />
        ))}
      {(isTyping || unable) && answerBox}
      <Captions
        sessionId={session.id}
        log={log}
        answers={answers}
        language={session.language}
        onCorrected={voice.corrected}
      />
    </>
  );
}
