import { Mic, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { Agree } from '@/components/agree';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Devices } from '@/components/sound/devices';
import { LevelMeter } from '@/components/sound/level-meter';
import { MicrophoneTrouble } from '@/components/sound/microphone-trouble';
import { preferEvenLoudness, prefersEvenLoudness } from '@/lib/sound/preferred-gain';
import { playTestTone } from '@/lib/sound/test-tone';
import styles from './sound.module.css';
import { Tried } from './tried';
import { useSoundCheck } from './use-sound-check';

type Props = {
  /** The interview's language, as two letters. */
  language: string;
  onType: () => void;
};

/** Before the start: does the microphone work, is one understood, can the interviewer be heard. Nothing is kept. */
export function SoundCheck({ language, onType }: Props) {
  const check = useSoundCheck(language);
  const { state, trouble, isSilenced, devices, tried, levels } = check;
  const [tone, setTone] = useState<'not yet' | 'sounds' | 'over'>('not yet');
  const test = async () => {
    setTone('sounds');
    await playTestTone(devices.output).catch(() => undefined);
    setTone('over');
  };
  const isOn = state === 'on' || state === 'recording';
  return (
    <section className={styles.check} aria-labelledby="sound-heading">
      <h3 id="sound-heading">Your sound</h3>
      {trouble && <MicrophoneTrouble trouble={trouble} />}
      {!isOn && (
        <div className="row">
          <Button look="primary" busy={state === 'asking'} onClick={check.open}>
            <Mic aria-hidden size={18} />
            {trouble ? 'Try again' : 'Try the microphone'}
          </Button>
          {trouble && (
            <Button look="quiet" onClick={onType}>
              Type this interview instead
            </Button>
          )}
          {!trouble && <p className="soft small">Your browser asks for it. Nothing of the trial is kept.</p>}
        </div>
      )}
      {isOn && (
        <>
          <Devices chosen={devices} onChange={check.choose} />
          <EvenLoudness />
          <div className={styles.level}>
            <span>Your microphone</span>
            <LevelMeter levels={levels} label="Loudness of your microphone" />
          </div>
          {isSilenced && (
            <Notice kind="doubt">
              The device has silenced the microphone: look for a switch on it or on the keyboard, or a call
              that uses it.
            </Notice>
          )}
          <div className="row">
            {state === 'recording' ? (
              <Button look="primary" onClick={check.finish}>
                That was it
              </Button>
            ) : (
              <Button look="primary" onClick={check.record}>
                <Mic aria-hidden size={18} />
                {tried ? 'Say it again' : 'Say a sentence'}
              </Button>
            )}
            <Button onClick={() => void test()} busy={tone === 'sounds'}>
              <Volume2 aria-hidden size={18} />
              Play two notes
            </Button>
          </div>
          <p role="status" className="small">
            {state === 'recording' && 'Recording. Say for example: “Good morning, I am ready when you are.”'}
            {state !== 'recording' &&
              tone === 'over' &&
              'No notes? Choose another speaker, or turn the sound up. All that is said stands on the screen too.'}
          </p>
          {tried && state === 'on' && <Tried tried={tried} check={check} onType={onType} />}
        </>
      )}
    </section>
  );
}

/** Whether the browser may turn the microphone up and down; counts from the next time that it is opened. */
function EvenLoudness() {
  const [isEven, setEven] = useState(prefersEvenLoudness);
  if (!navigator.mediaDevices?.getSupportedConstraints?.().autoGainControl) return null;
  const choose = (even: boolean) => {
    setEven(even);
    preferEvenLoudness(even);
  };
  return (
    <Agree checked={isEven} onChange={(event) => choose(event.target.checked)}>
      Let the browser even out how loud I am in the interview. Then words are understood best; without it,
      your report can tell how even your loudness was.
    </Agree>
  );
}
