import { useEffect, useRef, useState } from 'react';
import { useMe } from '@/api/account';
import { messageOf } from '@/api/errors';
import { type Model, useModels } from '@/api/models';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { SignInAgain } from '@/components/sign-in-again';
import { Skeleton } from '@/components/skeleton';
import { useTitle } from '@/lib/use-title';
import { JudgeCheckCard } from './judge-checks';
import { ModelLine } from './model-line';
import { ProviderForm } from './provider-form';
import styles from './settings.module.css';
import { Spending } from './spending';

/** Language models, for administrators: who is asked, in which order, and how they do. */
export function SettingsPage() {
  useTitle('Settings');
  const me = useMe();
  const isAdmin = me.data?.role === 'admin';
  return (
    <div className={`page narrow ${styles.page}`}>
      <header className="stack">
        <h1>Language models</h1>
        <p>
          None is needed: everything works on the built-in engine. With one, the interviewer holds a real
          conversation and answers are judged more deeply. They are asked from the top; each change counts at
          once.
        </p>
      </header>
      {me.isPending && <Skeleton label="Fetching your account" />}
      {me.isError && <Failed error={me.error} onAgain={() => void me.refetch()} />}
      {me.data === null && (
        <Notice>
          <p>Sign in as an administrator to see these settings.</p>
          <SignInAgain />
        </Notice>
      )}
      {me.data && !isAdmin && (
        <Notice kind="doubt">
          <p>
            These settings are for administrators. Whoever runs this server makes one with{' '}
            <code>greenroom user add --email you@example.com --role admin</code>.
          </p>
        </Notice>
      )}
      {isAdmin && <Settings />}
    </div>
  );
}

function Settings() {
  const models = useModels();
  const [form, setForm] = useState<{ saved?: Model } | null>(null);
  /** What the last form did; null before the first was opened. */
  const [said, setSaid] = useState<string | null>(null);
  if (models.isPending) return <Skeleton label="Fetching the models" />;
  if (models.isError) return <Failed error={models.error} onAgain={() => void models.refetch()} />;
  const { items, known, asked, spending } = models.data;
  const open = (next: { saved?: Model }) => {
    setForm(next);
    setSaid('');
  };
  const close = (words: string) => {
    setForm(null);
    setSaid(words);
  };
  const taken = items.filter(({ source }) => source === 'database').map(({ name }) => name);
  return (
    <>
      {!asked && (
        <Notice kind="doubt">
          Language models are switched off in the configuration (llm.enabled = false). What you enter is kept,
          and not asked.
        </Notice>
      )}
      <section className="stack" aria-labelledby="line-heading">
        <h2 id="line-heading">Who is asked</h2>
        {items.length === 0 && (
          <p className="soft">
            No language model is set up yet. Any of the well-known vendors will do, or a model of your own
            with Ollama, vLLM or llama.cpp.
          </p>
        )}
        <ModelLine models={models.data} onChange={(saved) => open({ saved })} />
        {!form && <Next said={said} onAdd={() => open({})} />}
      </section>
      {form && (
        <ProviderForm
          key={form.saved?.name ?? ''}
          known={known}
          taken={taken}
          {...form}
          onDone={(name) => close(form.saved ? `${name} is changed.` : `${name} is added.`)}
          onCancel={() => close('')}
        />
      )}
      <JudgeCheckCard />
      <Spending spending={spending} />
    </>
  );
}

/** The way to a form. When one has just been closed, the focus that went with it comes back here. */
function Next({ said, onAdd }: { said: string | null; onAdd: () => void }) {
  const row = useRef<HTMLDivElement>(null);
  const wasOpen = said !== null;
  useEffect(() => {
    if (wasOpen) row.current?.querySelector('button')?.focus();
  }, [wasOpen]);
  return (
    <div className="row" ref={row}>
      <Button look="primary" onClick={onAdd}>
        Add a model
      </Button>
      <span role="status">{said}</span>
    </div>
  );
}

function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  return (
    <Notice kind="bad">
      <p>{messageOf(error)}</p>
      <Button onClick={onAgain}>Try again</Button>
    </Notice>
  );
}
