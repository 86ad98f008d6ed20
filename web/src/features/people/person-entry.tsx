import { useState } from 'react';
import { messageOf } from '@/api/errors';
import { type Action, type Person, type Role, useAct } from '@/api/people';
import { Button } from '@/components/button';
import { Select } from '@/components/field';
import { Notice } from '@/components/notice';
import { dateTime, day, plural } from '@/lib/format';
import { AskFirst } from './ask-first';
import styles from './people.module.css';
import { nameOf, ROLES } from './roles';

type Props = {
  person: Person;
  isOneself: boolean;
  /** `isGone`: the entry may leave the list. */
  onDone: (what: string, isGone: boolean) => void;
};

function told(action: Action, { name }: Person): string {
  switch (action.do) {
    case 'role':
      return `${name} is now: ${nameOf(action.role)}.`;
    case 'lock':
      return `${name} is locked out.`;
    case 'unlock':
      return `${name} can sign in again.`;
    case 'sign_out':
      return `${name} is signed out everywhere.`;
    case 'erase':
      return `${name} is erased, with everything of theirs.`;
  }
}

/** Somebody, and what can be done about their account. */
export function PersonEntry({ person, isOneself, onDone }: Props) {
  const [asked, setAsked] = useState<Action | null>(null);
  const act = useAct(person, (action) => {
    setAsked(null);
    onDone(told(action, person), action.do !== 'sign_out');
  });
  const ask = (action: Action) => {
    act.reset();
    setAsked(action);
  };
  const forWhom = <span className="visually-hidden"> {person.email ?? person.name}</span>;
  return (
    <li>
      <div className={styles.who}>
        <h3>
          {person.name}
          {isOneself && <span className="soft"> (you)</span>}
        </h3>
        {person.email && <p>{person.email}</p>}
        <Facts person={person} />
      </div>
      {!person.is_guest && (
        <Select
          label={<>Role{forWhom}</>}
          value={person.role}
          onChange={(event) => ask({ do: 'role', role: event.target.value as Role })}
        >
          {ROLES.map(([role, name]) => (
            <option key={role} value={role}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {act.isError && asked === null && <Notice kind="bad">{messageOf(act.error)}</Notice>}
      <div className="row">
        {person.locked_at ? (
          <Button busy={act.isPending && asked === null} onClick={() => act.mutate({ do: 'unlock' })}>
            Unlock{forWhom}
          </Button>
        ) : (
          !isOneself && <Button onClick={() => ask({ do: 'lock' })}>Lock{forWhom}</Button>
        )}
        {person.sign_ins > 0 && (
          <Button onClick={() => ask({ do: 'sign_out' })}>Sign out everywhere{forWhom}</Button>
        )}
        {!isOneself && (
          <Button look="quiet" onClick={() => ask({ do: 'erase' })}>
            Erase{forWhom}
          </Button>
        )}
      </div>
      <AskFirst
        person={person}
        isOneself={isOneself}
        action={asked}
        busy={act.isPending}
        error={act.isError ? messageOf(act.error) : null}
        onClose={() => {
          act.reset();
          setAsked(null);
        }}
        onConfirm={(action) => act.mutate(action)}
      />
    </li>
  );
}

function Facts({ person }: { person: Person }) {
  const { locked_at, last_used_at, sign_ins, expires_at } = person;
  return (
    <p className="small soft">
      {locked_at && <strong className={styles.locked}>Locked since {dateTime(locked_at)}. </strong>}
      {expires_at ? `Guest, kept until ${dateTime(expires_at)}. ` : `Here since ${day(person.created_at)}. `}
      {sign_ins > 0 ? `Signed in at ${plural(sign_ins, 'place')}` : 'Not signed in'}
      {last_used_at ? `, last used ${dateTime(last_used_at)}.` : '.'}
    </p>
  );
}
