import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCompetencies } from '@/api/preparation';
import type { Job } from '@/api/types';
import { Button } from '@/components/button';
import { Chip, Chips } from '@/components/chips';
import chips from '@/components/chips.module.css';
import { Select } from '@/components/field';
import styles from './prepare.module.css';

type Props = { job: Job; onChange: (job: Job) => void };

/** Weight of a competency that a person adds; as much as one that the posting names once. */
const ADDED_WEIGHT = 0.1;
/** How many findings stand open; the rest is a click away. */
const SHOWN = 4;

/** Competencies and skills that the posting asks for, beside the phrases that say so. */
export function JobFindings({ job, onChange }: Props) {
  const withoutEvidence = job.skills.filter(({ evidence }) => evidence === '');
  const setNamed = (names: string[]) => {
    const kept = job.skills.filter(({ name, evidence }) => evidence !== '' || names.includes(name));
    const fresh = names.filter((name) => !job.skills.some((skill) => skill.name === name));
    const added = fresh.map((name) => ({ name, kind: 'hard' as const, required: true, evidence: '' }));
    onChange({ ...job, skills: [...kept, ...added] });
  };
  return (
    <>
      <div className="stack">
        <h3>What it looks for</h3>
        {job.competencies.length === 0 && (
          <p className="soft">No competencies were found. Add those that matter.</p>
        )}
        <Findings>
          {job.competencies.map(({ key, label, evidence }) => (
            <Finding
              key={key}
              label={label}
              evidence={evidence}
              onRemove={() =>
                onChange({ ...job, competencies: job.competencies.filter((other) => other.key !== key) })
              }
            />
          ))}
        </Findings>
        <AddCompetency job={job} onChange={onChange} />
      </div>
      <div className="stack">
        <h3>Skills it names</h3>
        <NamedSkills job={job} onChange={onChange} />
        <Chips
          label="Skills it does not name"
          values={withoutEvidence.map(({ name }) => name)}
          onChange={setNamed}
        />
      </div>
    </>
  );
}

function Findings({ children }: { children: ReactNode[] }) {
  const [all, setAll] = useState(false);
  if (children.length === 0) return null;
  return (
    <>
      <ul>{all ? children : children.slice(0, SHOWN)}</ul>
      {!all && children.length > SHOWN && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show all {children.length}
        </Button>
      )}
    </>
  );
}

/** Skills under the phrase that asks for them; one phrase often names several. */
function NamedSkills({ job, onChange }: Props) {
  const named = job.skills.filter(({ evidence }) => evidence !== '');
  const phrases = [...new Set(named.map(({ evidence }) => evidence))];
  const remove = (name: string) =>
    onChange({ ...job, skills: job.skills.filter((other) => other.name !== name) });
  return (
    <Findings>
      {phrases.map((phrase) => (
        <li key={phrase} className={styles.phrase}>
          <p className={styles.evidence}>“{phrase}”</p>
          <ul className={chips.chips}>
            {named
              .filter(({ evidence }) => evidence === phrase)
              .map(({ name, required }) => (
                <Chip
                  key={name}
                  text={required ? name : `${name} (an advantage)`}
                  onRemove={() => remove(name)}
                />
              ))}
          </ul>
        </li>
      ))}
    </Findings>
  );
}

type FindingProps = { label: string; evidence: string[]; onRemove: () => void };

function Finding({ label, evidence, onRemove }: FindingProps) {
  return (
    <li className={styles.finding}>
      <div>
        <p>{label}</p>
        {evidence.length > 0 ? (
          <p className={styles.evidence}>
            {evidence
              .slice(0, 2)
              .map((phrase) => `“${phrase}”`)
              .join(' · ')}
          </p>
        ) : (
          <p className="soft small">Added by you</p>
        )}
      </div>
      <Button look="quiet" aria-label={`Remove ${label}`} onClick={onRemove}>
        <X aria-hidden size={16} />
      </Button>
    </li>
  );
}

function AddCompetency({ job, onChange }: Props) {
  const { data: taxonomy } = useCompetencies();
  const add = (key: string) => {
    const chosen = taxonomy?.find((competency) => competency.key === key);
    if (!chosen) return;
    const added = { key, label: chosen.label, weight: ADDED_WEIGHT, evidence: [] };
    onChange({ ...job, competencies: [...job.competencies, added] });
  };
  const left = taxonomy?.filter(({ key }) => !job.competencies.some((found) => found.key === key)) ?? [];
  if (left.length === 0) return null;
  return (
    <Select label="Add a competency" value="" onChange={(event) => add(event.target.value)}>
      <option value="">Choose …</option>
      {left.map(({ key, label }) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </Select>
  );
}
