import { type FormEvent, useState } from 'react';
import { type AuditFilters, NO_FILTERS } from '@/api/audit';
import { Button } from '@/components/button';
import { Select, TextField } from '@/components/field';
import styles from './operations.module.css';

/** Beginnings of actions, in words. */
const ACTIONS: [string, string][] = [
  ['sign_in.', 'Sign-ins, also refused ones'],
  ['sign_in.refused', 'Refused sign-ins'],
  ['access.', 'Refused permissions'],
  ['account.', 'Accounts'],
  ['account.role_changed', 'Roles'],
  ['account.exported', 'Exports of one’s data'],
  ['account.erased', 'Erasures'],
  ['consent.', 'Consents'],
  ['recording.', 'Deleted recordings'],
  ['models.', 'Language models'],
  ['bank.', 'Question bank'],
  ['jobs.', 'Background work'],
  ['keys.', 'Master keys'],
  ['retention.', 'Deleted by its rule'],
  ['audit.', 'This log itself'],
];

/** Which entries; looked for when that is asked, not with each letter. */
export function AuditFilterFields({ onLook }: { onLook: (filters: AuditFilters) => void }) {
  const [filters, setFilters] = useState(NO_FILTERS);
  const put = (name: keyof AuditFilters) => (event: { target: { value: string } }) =>
    setFilters({ ...filters, [name]: event.target.value });
  const narrows = Object.values(filters).some((value) => value !== '');
  const look = (event: FormEvent) => {
    event.preventDefault();
    onLook(filters);
  };
  const clear = () => {
    setFilters(NO_FILTERS);
    onLook(NO_FILTERS);
  };
  return (
    <search>
      <form className={styles.filters} onSubmit={look}>
        <Select label="What" value={filters.action} onChange={put('action')}>
          <option value="">Everything</option>
          {ACTIONS.map(([value, shown]) => (
            <option key={value} value={value}>
              {shown}
            </option>
          ))}
        </Select>
        <TextField label="By (id of the account)" value={filters.actor} onChange={put('actor')} />
        <TextField label="To (id or name)" value={filters.subject} onChange={put('subject')} />
        <TextField label="From" type="date" value={filters.since} onChange={put('since')} />
        <TextField label="Until" type="date" value={filters.until} onChange={put('until')} />
        <div className="row">
          <Button type="submit">Look</Button>
          {narrows && (
            <Button look="quiet" onClick={clear}>
              Show everything
            </Button>
          )}
        </div>
      </form>
    </search>
  );
}
