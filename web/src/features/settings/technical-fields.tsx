import type { ModelSettings } from '@/api/models';
import { Select, TextField } from '@/components/field';
import type { Draft } from './provider-fields';
import styles from './settings.module.css';

const PROTOCOLS: Record<ModelSettings['protocol'], string> = {
  openai: 'Chat Completions, like OpenAI',
  anthropic: 'Messages, like Anthropic',
};

const JSON_SUPPORT: Record<ModelSettings['json'], string> = {
  schema: 'It holds replies to a JSON Schema',
  object: 'It holds replies to JSON',
  tool: 'It fills in the arguments of a tool',
  prompt: 'It is only asked for JSON in words',
};

type Props = { draft: Draft; onChange: (changes: Partial<Draft>) => void; error: string | undefined };

/** What is known of the usual vendors, and seldom changed. */
export function TechnicalFields({ draft, onChange, error }: Props) {
  return (
    <details className={styles.more} open={error ? true : undefined}>
      <summary>Technical details</summary>
      <div className={styles.fields}>
        <Select
          label="What it speaks"
          value={draft.protocol}
          onChange={(event) => onChange({ protocol: event.target.value as Draft['protocol'] })}
        >
          {Object.entries(PROTOCOLS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <Select
          label="Structured output"
          value={draft.json}
          onChange={(event) => onChange({ json: event.target.value as Draft['json'] })}
        >
          {Object.entries(JSON_SUPPORT).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <TextField
          label="Context, tokens"
          hint="Longest request and reply together; empty when you do not know."
          inputMode="numeric"
          value={draft.context}
          onChange={(event) => onChange({ context: event.target.value })}
          error={error}
        />
      </div>
    </details>
  );
}
