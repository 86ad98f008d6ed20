import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { ApiError, messageOf } from '@/api/errors';
import { addModel, changeModel, type KnownModel, type Model, modelsChanged } from '@/api/models';
import { Button } from '@/components/button';
import { Select, TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import {
  type Draft,
  draftFor,
  draftOf,
  type FieldErrors,
  missing,
  OTHER,
  settingsFrom,
} from './provider-fields';
import styles from './settings.module.css';
import { TechnicalFields } from './technical-fields';
import { TrialReport } from './trial-report';
import { useTrial } from './use-trial';

type Props = {
  known: KnownModel[];
  /** Names that are in use. */
  taken: string[];
  /** The one that is changed; none for a new one. */
  saved?: Model;
  onDone: (name: string) => void;
  onCancel: () => void;
};

/** A new provider, or a change of one. It can be tested before it is saved. */
export function ProviderForm({ known, taken, saved, onDone, onCancel }: Props) {
  const queries = useQueryClient();
  const heading = useId();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const [vendor, setVendor] = useState(known[0]?.name ?? OTHER);
  const [draft, setDraft] = useState(() => (saved ? draftOf(saved) : draftFor(known[0], taken)));
  const [left, setLeft] = useState<FieldErrors>({});
  const { trial, start, forget } = useTrial();
  const settings = () => settingsFrom(draft, saved?.enabled ?? true);
  const save = useMutation({
    mutationFn: () => (saved ? changeModel(saved.name, settings()) : addModel(draft.name.trim(), settings())),
    onSuccess: async ({ name }) => {
      await modelsChanged(queries);
      onDone(name);
    },
  });
  const set = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    forget();
  };
  const choose = (name: string) => {
    setVendor(name);
    setDraft(
      draftFor(
        known.find((one) => one.name === name),
        taken,
      ),
    );
    setLeft({});
    save.reset();
    forget();
  };
  const isWhole = () => {
    const errors = missing(draft);
    setLeft(errors);
    return Object.keys(errors).length === 0;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole() && !save.isPending) save.mutate();
  };
  const test = () => {
    save.reset();
    if (isWhole()) void start(draft.name.trim(), settings());
  };
  const failure = save.error ?? trial?.failure;
  const refused: FieldErrors = failure instanceof ApiError ? failure.fields : {};
  const errors = { ...refused, ...left };
  const isOther = !saved && vendor === OTHER;
  const needsKey = saved ? saved.key !== 'missing' : known.find(({ name }) => name === vendor)?.needs_key;
  const inPlace = Object.keys(refused).length > 0;
  return (
    <form className={styles.sheet} onSubmit={submit} noValidate aria-labelledby={heading}>
      <h2 id={heading} ref={title} tabIndex={-1}>
        {saved ? `Change ${saved.name}` : 'Add a language model'}
      </h2>
      {!saved && (
        <Select label="Vendor" value={vendor} onChange={(event) => choose(event.target.value)}>
          {known.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
          <option value={OTHER}>Another that speaks like OpenAI</option>
        </Select>
      )}
      {(isOther || (!saved && (draft.name !== vendor || errors.name))) && (
        <TextField
          label="Name"
          hint="What it is called here: small letters, digits, - and _."
          value={draft.name}
          maxLength={40}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => set({ name: event.target.value })}
          error={errors.name}
        />
      )}
      <TextField
        label="Address"
        hint="Up to and with /v1. An address in your own network is fine."
        type="url"
        inputMode="url"
        value={draft.base_url}
        maxLength={300}
        spellCheck={false}
        onChange={(event) => set({ base_url: event.target.value })}
        error={errors.base_url}
      />
      <TextField
        label="Model"
        hint="As its vendor names it."
        value={draft.model}
        maxLength={200}
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => set({ model: event.target.value })}
        error={errors.model}
      />
      <TextField
        label={needsKey ? 'Key' : 'Key (if it wants one)'}
        hint={keyHint(saved)}
        type="password"
        autoComplete="off"
        value={draft.key}
        maxLength={1000}
        spellCheck={false}
        onChange={(event) => set({ key: event.target.value })}
        error={errors.api_key}
      />
      {saved && saved.key !== 'missing' && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.removeKey}
            onChange={(event) => set({ removeKey: event.target.checked })}
          />
          Take the saved key away
        </label>
      )}
      <TechnicalFields draft={draft} onChange={set} error={errors.context} />
      {trial && !inPlace && <TrialReport trial={trial} name={draft.name} />}
      {save.isError && !inPlace && <Notice kind="bad">{messageOf(save.error)}</Notice>}
      <div className="row">
        <Button type="submit" look="primary" busy={save.isPending}>
          {saved ? 'Save' : 'Add'}
        </Button>
        <Button busy={trial?.running ?? false} onClick={test}>
          Test
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function keyHint(saved: Model | undefined): string {
  if (saved?.key === 'unreadable') {
    return 'The saved one cannot be opened with the secret of this server. Enter it again.';
  }
  if (saved?.key === 'set') {
    const ending = saved.key_ending ? ` It ends in ${saved.key_ending}.` : '';
    return `One is saved.${ending} Leave this empty to keep it.`;
  }
  return 'It is stored encrypted, and never shown again.';
}
