import { type BankFilters, useBankRoles } from '@/api/bank';
import { useCompetencies } from '@/api/preparation';
import { Select, TextField } from '@/components/field';
import { words } from '@/lib/format';
import styles from './bank.module.css';
import { LEVELS, TYPES } from './bank-words';

type Props = { filters: BankFilters; onChange: (filters: BankFilters) => void };

const LANGUAGES = ['en', 'de', 'es', 'fr', 'hi', 'zh'];
const inEnglish = new Intl.DisplayNames(['en'], { type: 'language' });

/** What to look for. */
export function Filters({ filters, onChange }: Props) {
  const { data: roles = [] } = useBankRoles();
  const { data: competencies = [] } = useCompetencies();
  const choice = (name: keyof BankFilters, label: string, all: string, options: [string, string][]) => (
    <Select
      label={label}
      value={filters[name]}
      onChange={(event) => onChange({ ...filters, [name]: event.target.value })}
    >
      <option value="">{all}</option>
      {options.map(([value, shown]) => (
        <option key={value} value={value}>
          {shown}
        </option>
      ))}
    </Select>
  );
  return (
    <search className={styles.filters}>
      <TextField
        label="Words in question, reference or key"
        type="search"
        value={filters.q}
        onChange={(event) => onChange({ ...filters, q: event.target.value })}
      />
      {choice(
        'role',
        'Role',
        'All roles',
        roles.map(({ key, title }) => [key, title]),
      )}
      {choice(
        'language',
        'Language',
        'Any language',
        LANGUAGES.map((code) => [code, inEnglish.of(code) ?? code]),
      )}
      {choice(
        'type',
        'Category',
        'All categories',
        TYPES.map((type) => [type, words(type)]),
      )}
      {choice(
        'difficulty',
        'Difficulty',
        'All levels',
        LEVELS.map((level) => [level, words(level)]),
      )}
      {choice(
        'competency',
        'Competency',
        'All competencies',
        competencies.map(({ key, label }) => [key, label]),
      )}
      {choice('state', 'State', 'All that are asked', [
        ['shipped', 'Ships with Greenroom'],
        ['own', 'Added here'],
        ['retired', 'Retired'],
      ])}
    </search>
  );
}
