import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  type BankEntry,
  type BankQuestion,
  bankChanged,
  type Curated,
  checkQuestion,
  type ImportNote,
  saveQuestion,
} from '@/api/bank';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { plural } from '@/lib/format';
import styles from './bank.module.css';
import { BLANK_ENTRY, entryOf, type Place, placeOf, tidied } from './entry';
import { FormHead } from './form-head';
import { FormLists } from './form-lists';
import { FormTexts } from './form-texts';

export type FieldsProps = {
  entry: BankEntry;
  change: (question: Partial<BankQuestion>) => void;
  /** What was found wrong at a field. */
  fault: (place: Place) => string | undefined;
};

type Props = {
  /** The question to change; a new one without it. */
  curated?: Curated;
  onDone: (words: string, id: string) => void;
  onCancel: () => void;
};

/** A question to write. It is checked before it is stored; what is wrong stands at its field. */
export function QuestionForm({ curated, onDone, onCancel }: Props) {
  const queries = useQueryClient();
  const [entry, setEntry] = useState<BankEntry>(curated ? entryOf(curated) : BLANK_ENTRY);
  const [notes, setNotes] = useState<ImportNote[] | null>(null);
  const check = useMutation({ mutationFn: () => checkQuestion(tidied(entry)), onSuccess: setNotes });
  const save = useMutation({
    mutationFn: async () => {
      const found = await checkQuestion(tidied(entry));
      setNotes(found);
      if (found.some(({ severity }) => severity === 'error')) return null;
      const stored = await saveQuestion(tidied(entry));
      await bankChanged(queries);
      return stored;
    },
    onSuccess: (stored) => {
      if (stored) onDone(`Stored as version ${stored.version}. It is asked from now on.`, stored.question.id);
    },
  });
  const change = (question: Partial<BankQuestion>) =>
    setEntry((before) => ({ ...before, question: { ...before.question, ...question } }));
  const fault = (place: Place) => {
    const here = notes?.filter((note) => placeOf(note) === place).map(({ message }) => sentence(message));
    return here && here.length > 0 ? here.join(' ') : undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const failed = save.error ?? check.error;
  const fields: FieldsProps = { entry, change, fault };
  return (
    <form className={styles.sheet} onSubmit={submit} noValidate aria-label="Question">
      <FormHead
        {...fields}
        isNew={!curated}
        onEntry={(part) => setEntry((before) => ({ ...before, ...part }))}
      />
      <FormTexts {...fields} />
      <FormLists {...fields} />
      <Verdict notes={notes} />
      {failed && <Notice kind="bad">{messageOf(failed)} What you wrote is still here.</Notice>}
      <div className="row">
        <Button type="submit" look="primary" busy={save.isPending}>
          {curated ? 'Store as a new version' : 'Add it'}
        </Button>
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          Check it
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** What the checks said, with what belongs to no field. */
function Verdict({ notes }: { notes: ImportNote[] | null }) {
  const errors = notes?.filter(({ severity }) => severity === 'error') ?? [];
  const loose = notes?.filter((note) => placeOf(note) === null) ?? [];
  return (
    <div role="status" className="stack">
      {notes && errors.length > 0 && (
        <p>It is not stored: {plural(errors.length, 'thing')} to mend, named at the fields above or here.</p>
      )}
      {notes && errors.length === 0 && (
        <p>
          {notes.length === 0
            ? 'All checks pass.'
            : `It may be stored; ${plural(notes.length, 'remark')} to look at.`}
        </p>
      )}
      {loose.length > 0 && (
        <ul className={styles.list}>
          {loose.map(({ rule, message }) => (
            <li key={rule + message}>{sentence(message)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function sentence(message: string): string {
  const end = /[.!?]$/.test(message) ? '' : '.';
  return message.charAt(0).toUpperCase() + message.slice(1) + end;
}
