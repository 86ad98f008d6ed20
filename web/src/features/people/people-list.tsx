import { useDeferredValue, useRef, useState } from 'react';
import { messageOf } from '@/api/errors';
import { type PeopleFilters, usePeople } from '@/api/people';
import { Button } from '@/components/button';
import { Select, TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import styles from './people.module.css';
import { PersonEntry } from './person-entry';
import { ROLES } from './roles';

const EVERYBODY: PeopleFilters = { q: '', role: '', group: 'accounts' };

/** Accounts, searched and filtered. */
export function PeopleList({ ownId }: { ownId: string }) {
  const [filters, setFilters] = useState(EVERYBODY);
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = useDeferredValue(filters);
  // The button that was pressed may go with its entry.
  const done = (what: string, isGone: boolean) => {
    setSaid(what);
    if (isGone) heading.current?.focus();
  };
  return (
    <section className={`sheet ${styles.wraps}`} aria-labelledby="accounts-heading">
      <h2 id="accounts-heading" ref={heading} tabIndex={-1}>
        Accounts
      </h2>
      <Filters filters={filters} onChange={setFilters} />
      <p role="status">{said}</p>
      <Found filters={wanted} ownId={ownId} onDone={done} onClear={() => setFilters(EVERYBODY)} />
    </section>
  );
}

function Filters({ filters, onChange }: { filters: PeopleFilters; onChange: (f: PeopleFilters) => void }) {
  return (
    <search className={styles.filters}>
      <TextField
        label="Part of a name or address"
        type="search"
        value={filters.q}
        maxLength={254}
        autoComplete="off"
        onChange={(event) => onChange({ ...filters, q: event.target.value })}
      />
      <Select
        label="Role"
        value={filters.role}
        onChange={(event) => onChange({ ...filters, role: event.target.value as PeopleFilters['role'] })}
      >
        <option value="">All roles</option>
        {ROLES.map(([role, name]) => (
          <option key={role} value={role}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        label="Who"
        value={filters.group}
        onChange={(event) => onChange({ ...filters, group: event.target.value as PeopleFilters['group'] })}
      >
        <option value="accounts">All accounts</option>
        <option value="locked">Locked accounts</option>
        <option value="guests">Guests</option>
      </Select>
    </search>
  );
}

type FoundProps = {
  filters: PeopleFilters;
  ownId: string;
  onDone: (what: string, isGone: boolean) => void;
  onClear: () => void;
};

function Found({ filters, ownId, onDone, onClear }: FoundProps) {
  const people = usePeople(filters);
  if (people.isPending) return <Skeleton label="Fetching accounts" lines={8} />;
  if (!people.data) {
    return (
      <Notice kind="bad">
        <p>{messageOf(people.error)}</p>
        <Button onClick={() => void people.refetch()}>Try again</Button>
      </Notice>
    );
  }
  const found = people.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <p className="soft">
        {found.length === 0
          ? 'Nobody fits.'
          : `${plural(found.length, 'person', 'people')}${people.hasNextPage ? ', and more' : ''}.`}
      </p>
      {found.length === 0 && (
        <div className="row">
          <Button onClick={onClear}>Show all accounts</Button>
        </div>
      )}
      <ul className={styles.entries}>
        {found.map((person) => (
          <PersonEntry key={person.id} person={person} isOneself={person.id === ownId} onDone={onDone} />
        ))}
      </ul>
      {people.isFetchNextPageError && <Notice kind="bad">{messageOf(people.error)}</Notice>}
      {people.hasNextPage && (
        <div className="row">
          <Button busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
