import { useState } from 'react';
import { Choices } from '@/components/choices';
import { preferRealtime, prefersRealtime } from '@/lib/sound/preferred-way';

type Way = 'apart' | 'realtime';

const WAYS: { value: Way; label: string; detail: string }[] = [
  {
    value: 'apart',
    label: 'As it is written',
    detail: 'Your speech becomes text first, and questions are read aloud word for word',
  },
  {
    value: 'realtime',
    label: 'As in a talk',
    detail: 'One model hears your voice and asks in its own words; the question as written is what counts',
  },
];

/** Whether one model hears and speaks; remembered on this device. */
export function WhoSpeaks() {
  const [way, setWay] = useState<Way>(() => (prefersRealtime() ? 'realtime' : 'apart'));
  const choose = (chosen: Way) => {
    setWay(chosen);
    preferRealtime(chosen === 'realtime');
  };
  return (
    <Choices
      legend="How the interviewer talks"
      options={WAYS}
      chosen={[way]}
      onChange={([chosen]) => chosen && choose(chosen)}
      width="15rem"
    />
  );
}
