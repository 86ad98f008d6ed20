import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '@/api/errors';
import {
  changeModel,
  deleteModel,
  type Model,
  type Models,
  modelsChanged,
  orderModels,
  restoreModel,
  settingsOf,
} from '@/api/models';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { ModelEntry } from './model-entry';
import styles from './settings.module.css';

/** Who is asked, in order; the built-in engine is always the last. */
export function ModelLine({ models, onChange }: { models: Models; onChange: (model: Model) => void }) {
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const [deleted, setDeleted] = useState<string | null>(null);
  const entered = models.items.filter(({ source }) => source === 'database').map(({ name }) => name);
  const changed = () => modelsChanged(queries);
  const move = useMutation({
    mutationFn: orderModels,
    onSuccess: (fresh) => modelsChanged(queries, fresh),
    onError: changed,
  });
  const turn = useMutation({
    mutationFn: ({ model, enabled }: { model: Model; enabled: boolean }) =>
      changeModel(model.name, { ...settingsOf(model), enabled }),
    onSettled: changed,
  });
  const remove = useMutation({
    mutationFn: deleteModel,
    onSuccess: (_, name) => setDeleted(name),
    onSettled: changed,
  });
  const restore = useMutation({
    mutationFn: restoreModel,
    onSuccess: ({ name }) => {
      setDeleted(null);
      setSaid(`${name} is back, key and all.`);
    },
    onSettled: changed,
  });
  const shift = (name: string, by: -1 | 1) => {
    const from = entered.indexOf(name);
    const names = entered.filter((other) => other !== name);
    names.splice(from + by, 0, name);
    setSaid(`${name} is number ${from + by + 1} of ${names.length} now.`);
    move.mutate(names);
  };
  const doomed = (name: string) => {
    setSaid('');
    remove.mutate(name);
  };
  const failure = move.error ?? turn.error ?? remove.error ?? restore.error;
  let places = 0;
  return (
    <div className="stack">
      {deleted && <Deleted name={deleted} busy={restore.isPending} onUndo={() => restore.mutate(deleted)} />}
      {failure && <Notice kind="bad">{messageOf(failure)}</Notice>}
      <ol className={styles.line}>
        {models.items.map((model) => {
          const at = model.source === 'database' ? entered.indexOf(model.name) : -1;
          if (models.asked && model.standing === 'asked') places += 1;
          return (
            <ModelEntry
              key={`${model.source} ${model.name}`}
              model={model}
              place={models.asked && model.standing === 'asked' ? places : null}
              canMove={at < 0 || entered.length < 2 ? null : { up: at > 0, down: at < entered.length - 1 }}
              busy={turn.isPending || remove.isPending}
              onMove={(by) => shift(model.name, by)}
              onSwitch={(enabled) => turn.mutate({ model, enabled })}
              onChange={() => onChange(model)}
              onDelete={() => doomed(model.name)}
            />
          );
        })}
        <li className={`${styles.entry} ${styles.builtin}`}>
          <span className={styles.place} aria-hidden>
            {places + 1}
          </span>
          <div className={styles.about}>
            <h3>Built-in engine</h3>
            <p className="small">
              Works without any key and without a network. It takes over whenever nobody above answers, so no
              interview stops.
            </p>
          </div>
        </li>
      </ol>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </div>
  );
}

/** The way back; it takes the focus that the button which is gone had. */
function Deleted({ name, busy, onUndo }: { name: string; busy: boolean; onUndo: () => void }) {
  const undo = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each deletion has its own way back
  useEffect(() => undo.current?.querySelector('button')?.focus(), [name]);
  return (
    <div ref={undo}>
      <Notice>
        <p>“{name}” is deleted and not asked any more. For ten minutes it can be put back, with its key.</p>
        <Button busy={busy} onClick={onUndo}>
          Undo
        </Button>
      </Notice>
    </div>
  );
}
