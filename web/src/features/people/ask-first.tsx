import { useState } from 'react';
import type { Action, Person } from '@/api/people';
import { ConfirmDialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { mayDo, nameOf } from './roles';

type Props = {
  person: Person;
  isOneself: boolean;
  /** Null: nothing is asked. */
  action: Action | null;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onConfirm: (action: Action) => void;
};

type Words = { title: string; confirm: string; means: string };

function wordsFor(action: Action, { name }: Person, isOneself: boolean): Words {
  switch (action.do) {
    case 'role':
      return {
        title: 'Change the role?',
        confirm: `Make it ${nameOf(action.role)}`,
        means: `${name} then ${mayDo(action.role)}, from the next request on.${
          isOneself && action.role !== 'admin' ? ' This is you: you will not see this page any more.' : ''
        }`,
      };
    case 'sign_out':
      return {
        title: 'Sign out everywhere?',
        confirm: 'Sign out',
        means: `Every sign-in of ${name} ends${isOneself ? ', this one too' : ''}. Who knows the password can sign in again.`,
      };
    case 'erase':
      return {
        title: 'Erase this person?',
        confirm: 'Erase for good',
        means: `The account of ${name}, their resumes, interviews and reports are deleted. Nobody can bring them back.`,
      };
    default:
      return {
        title: 'Lock this account?',
        confirm: 'Lock it',
        means: `Every sign-in of ${name} ends, and nobody signs in to the account until it is unlocked. What is in it is kept.`,
      };
  }
}

/** Says what will happen before it does; erasing wants the address typed. */
export function AskFirst({ person, isOneself, action, busy, error, onClose, onConfirm }: Props) {
  const [typed, setTyped] = useState('');
  const words = action && wordsFor(action, person, isOneself);
  const wanted = person.email ?? person.name;
  const isErasing = action?.do === 'erase';
  const close = () => {
    setTyped('');
    onClose();
  };
  return (
    <ConfirmDialog
      title={words?.title ?? ''}
      open={action !== null}
      onClose={close}
      onConfirm={() => action && onConfirm(action)}
      confirm={words?.confirm ?? ''}
      busy={busy}
      ready={!isErasing || typed.trim().toLowerCase() === wanted.toLowerCase()}
    >
      <p>{words?.means}</p>
      {isErasing && (
        <TextField
          label={`Type ${wanted} to go on`}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {error && <Notice kind="bad">{error}</Notice>}
    </ConfirmDialog>
  );
}
