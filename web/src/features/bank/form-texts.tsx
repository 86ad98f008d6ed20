import { TextArea } from '@/components/field';
import styles from './bank.module.css';
import type { FieldsProps } from './question-form';

/** The question, the answer with full marks, and what answers sound like. */
export function FormTexts({ entry: { question }, change, fault }: FieldsProps) {
  const sounds = question.sounds_like ?? { '1': '', '5': '', '9': '' };
  const level = (of: '1' | '5' | '9', error?: string) => (
    <TextArea
      label={`An answer of ${of} of 10`}
      rows={2}
      value={sounds[of]}
      error={error}
      onChange={(event) => change({ sounds_like: { ...sounds, [of]: event.target.value } })}
    />
  );
  return (
    <div className={styles.texts}>
      <TextArea
        label="Question"
        rows={2}
        value={question.text}
        error={fault('text')}
        onChange={(event) => change({ text: event.target.value })}
      />
      <TextArea
        label="An answer with full marks"
        hint="First person, 50 to 180 words. It says every key point."
        rows={6}
        value={question.reference}
        error={fault('reference')}
        onChange={(event) => change({ reference: event.target.value })}
      />
      <TextArea
        label="Red flags"
        hint="What a weak answer says, one a line."
        rows={3}
        value={(question.red_flags ?? []).join('\n')}
        error={fault('red_flags')}
        onChange={(event) => change({ red_flags: event.target.value.split('\n') })}
      />
      {level('9', fault('sounds_like'))}
      {level('5')}
      {level('1')}
    </div>
  );
}
