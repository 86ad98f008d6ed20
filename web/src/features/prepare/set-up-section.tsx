import type { FormEvent } from 'react';
import { Choices } from '@/components/choices';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import type { Settings } from '@/lib/preparation';
import { Language } from './language';
import { Length } from './length';
import { ModelConsent } from './model-consent';
import styles from './prepare.module.css';
import { DIFFICULTIES, PERSONALITIES, TYPES } from './set-up-options';
import { HowAnswered } from './sound/how-answered';
import { WhatLeaves } from './what-leaves';

/** The form's id: the button that submits it stands at the foot of the page. */
export const SET_UP = 'set-up';

type Props = {
  settings: Settings;
  set: (changes: Partial<Settings>) => void;
  /** Whether the papers show which work it is about. */
  knowsTrade: boolean;
  errors: Record<string, string>;
  onSubmit: () => void;
};

/** How the interview is to be. */
export function SetUpSection({ settings, set, knowsTrade, errors, onSubmit }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form
      id={SET_UP}
      className={`${styles.sheet} ${styles.wide}`}
      aria-labelledby="set-up-heading"
      onSubmit={submit}
      noValidate
    >
      <h2 id="set-up-heading">The interview</h2>
      <Choices
        legend="How hard"
        options={DIFFICULTIES}
        chosen={[settings.difficulty]}
        onChange={([difficulty]) => difficulty && set({ difficulty })}
        width="13rem"
      />
      <Choices
        legend="Kinds of question"
        several
        options={TYPES}
        chosen={settings.types}
        onChange={(types) => set({ types })}
        width="13rem"
        error={errors.interview_type ?? null}
      />
      {!knowsTrade && settings.types.some((type) => type === 'technical' || type === 'case') && (
        <Notice kind="doubt">
          <p>
            Technical and case questions come from the trade, and neither paper names one yet. Fill in the
            position or what you are; otherwise the questions stay general.
          </p>
        </Notice>
      )}
      <Length minutes={settings.minutes} onChange={(minutes) => set({ minutes })} error={errors.duration} />
      <Choices
        legend="Interviewer"
        options={PERSONALITIES}
        chosen={[settings.personality]}
        onChange={([personality]) => personality && set({ personality })}
        width="15rem"
      />
      <div className={styles.pair}>
        <TextField
          label={
            <>
              Number of questions <span className="soft">(optional)</span>
            </>
          }
          hint="1 to 40, without follow-ups. Left empty, the time decides."
          inputMode="numeric"
          value={settings.questions}
          maxLength={2}
          onChange={(event) => set({ questions: event.target.value })}
          error={errors.question_count}
        />
        <Language
          code={settings.language ?? 'en'}
          onChange={(language) => set({ language })}
          error={errors.language}
        />
      </div>
      <HowAnswered
        channel={settings.channel ?? 'text'}
        language={settings.language ?? 'en'}
        manner={settings.personality}
        onChange={(channel) => set({ channel })}
      />
      <ModelConsent />
      <WhatLeaves />
    </form>
  );
}
