import { type BankEntry, useBankRoles } from '@/api/bank';
import { useCompetencies } from '@/api/preparation';
import { Chips } from '@/components/chips';
import { Select, TextField } from '@/components/field';
import { words } from '@/lib/format';
import styles from './bank.module.css';
import { keyFor, LEVELS, TYPES } from './bank-words';
import type { FieldsProps } from './question-form';

type Props = FieldsProps & { isNew: boolean; onEntry: (part: Partial<BankEntry>) => void };

/** What kind of question it is, and where it comes from. */
export function FormHead({ entry, change, fault, isNew, onEntry }: Props) {
  const { data: roles = [] } = useBankRoles();
  const { data: competencies = [] } = useCompetencies();
  const { question } = entry;
  const slug = question.id.includes('.') ? question.id.slice(question.id.indexOf('.') + 1) : question.id;
  const choose = (role: string) => {
    onEntry({ role });
    if (isNew) change({ id: keyFor(role, slug) });
  };
  return (
    <div className={styles.fields}>
      <Select
        label="Role"
        value={entry.role}
        error={fault('role')}
        onChange={(event) => choose(event.target.value)}
      >
        {roles.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </Select>
      {isNew && (
        <TextField
          label="Key"
          hint="A few words that name it; it never changes."
          value={slug}
          error={fault('id')}
          onChange={(event) => change({ id: keyFor(entry.role, event.target.value) })}
        />
      )}
      <Select
        label="Category"
        value={question.type}
        onChange={(event) =>
          change({ type: TYPES.find((type) => type === event.target.value) ?? 'technical' })
        }
      >
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {words(type)}
          </option>
        ))}
      </Select>
      <Select
        label="Difficulty"
        value={question.difficulty}
        onChange={(event) =>
          change({ difficulty: LEVELS.find((level) => level === event.target.value) ?? 'intermediate' })
        }
      >
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {words(level)}
          </option>
        ))}
      </Select>
      <Select
        label="Competency"
        value={question.competency}
        error={fault('competency')}
        onChange={(event) => change({ competency: event.target.value })}
      >
        <option value="">Choose one</option>
        {competencies.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </Select>
      <TextField
        label="Minutes for a full answer"
        type="number"
        min={1}
        max={10}
        value={question.minutes}
        error={fault('minutes')}
        onChange={(event) => change({ minutes: Math.max(0, Math.trunc(event.target.valueAsNumber || 0)) })}
      />
      <Chips label="Tags" values={question.tags} onChange={(tags) => change({ tags })} most={10} />
      <TextField
        label="Taken from (optional)"
        value={entry.source ?? ''}
        error={fault('source')}
        onChange={(event) => onEntry({ source: event.target.value })}
      />
      <TextField
        label="Licence (optional)"
        value={entry.licence ?? ''}
        onChange={(event) => onEntry({ licence: event.target.value })}
      />
    </div>
  );
}
