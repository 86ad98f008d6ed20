import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  bankChanged,
  type Imported,
  type ImportNote,
  importQuestions,
  type QuestionFormat,
} from '@/api/bank';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Select, TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { download } from '@/lib/download';
import { plural } from '@/lib/format';
import styles from './bank.module.css';

type Given = { name: string; format: QuestionFormat; content: string };

/** Questions in and out, as files. */
export function ExchangeCard() {
  return (
    <section className={styles.sheet} aria-labelledby="exchange-heading">
      <h2 id="exchange-heading">Import and export</h2>
      <Import />
      <Export />
    </section>
  );
}

function Import() {
  const queries = useQueryClient();
  const [given, setGiven] = useState<Given | null>(null);
  const trial = useMutation({
    mutationFn: ({ format, content }: Given) => importQuestions(format, content, true),
  });
  const real = useMutation({
    mutationFn: ({ format, content }: Given) => importQuestions(format, content, false),
    onSuccess: () => bankChanged(queries),
  });
  const choose = async (file: File | undefined) => {
    trial.reset();
    real.reset();
    setGiven(null);
    if (!file) return;
    const format = file.name.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl';
    const next: Given = { name: file.name, format, content: await file.text() };
    setGiven(next);
    trial.mutate(next);
  };
  const goodRows = trial.data ? trial.data.added + trial.data.changed : 0;
  return (
    <div className="stack">
      <h3>Import</h3>
      <TextField
        label="A file with questions"
        hint="JSON Lines or CSV, at most 2 000 questions. It is checked first; nothing is stored until you say so."
        type="file"
        accept=".jsonl,.csv"
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      <div role="status">
        {trial.isPending && <p>Checking {given?.name}. Answers are scored, so it takes a while.</p>}
      </div>
      {trial.isError && <Notice kind="bad">{messageOf(trial.error)}</Notice>}
      {trial.data && !real.data && <Result result={trial.data} />}
      {given && goodRows > 0 && !real.data && (
        <div className="row">
          <Button look="primary" busy={real.isPending} onClick={() => real.mutate(given)}>
            Store {plural(goodRows, 'question')}
          </Button>
        </div>
      )}
      {real.isError && <Notice kind="bad">{messageOf(real.error)} Nothing was stored.</Notice>}
      {real.data && <Result result={real.data} />}
    </div>
  );
}

function Result({ result }: { result: Imported }) {
  const { dry_run, rows, added, changed, unchanged, refused, notes } = result;
  return (
    <div className="stack">
      <p role="status">
        {dry_run ? 'Nothing is stored yet. ' : 'Stored. '}
        {plural(rows, 'row')}: {added} new, {changed} changed, {unchanged} as they were, {refused} refused.
      </p>
      {notes.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption className="visually-hidden">Remarks by line</caption>
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Where</th>
                <th scope="col">What</th>
              </tr>
            </thead>
            <tbody>
              {notes.map((note) => (
                <Remark key={`${note.line} ${note.rule} ${note.message}`} note={note} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Remark({ note: { line, column, question, severity, message } }: { note: ImportNote }) {
  return (
    <tr>
      <td>{line}</td>
      <td>{column ?? 'row'}</td>
      <td>
        <strong>{severity === 'error' ? 'Refused' : 'To look at'}</strong>
        {question && ` · ${question}`}: {message}
      </td>
    </tr>
  );
}

function Export() {
  const [format, setFormat] = useState<QuestionFormat>('jsonl');
  const fetch = useMutation({
    mutationFn: () => download(`/api/bank/export?format=${format}`, `questions.${format}`),
  });
  return (
    <div className="stack">
      <h3>Export</h3>
      <Select
        label="Format"
        hint="All questions that are asked, shipped and added. The file can be imported again."
        value={format}
        onChange={(event) => setFormat(event.target.value === 'csv' ? 'csv' : 'jsonl')}
      >
        <option value="jsonl">JSON Lines</option>
        <option value="csv">CSV, for spreadsheets</option>
      </Select>
      <div className="row">
        <Button busy={fetch.isPending} onClick={() => fetch.mutate()}>
          Download
        </Button>
      </div>
      {fetch.isError && <Notice kind="bad">{messageOf(fetch.error)}</Notice>}
    </div>
  );
}
