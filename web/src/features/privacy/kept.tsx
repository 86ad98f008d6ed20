import { type RetentionRule, useRetentionRules } from '@/api/retention';
import styles from './privacy.module.css';

type Entry = {
  what: string;
  how: string;
  /** The rule that says how long. */
  rule?: string;
  /** What ends it besides, or where there is no rule. */
  until: string;
};

const KEPT: Entry[] = [
  {
    what: 'Your resume',
    how: 'The file as you uploaded it, and what was read in it, as text, both encrypted. Forget the resume and both are gone.',
    rule: 'resumes',
    until: 'until you erase everything',
  },
  {
    what: 'Job descriptions and set-ups',
    how: 'The posting you pasted, what was found in it, and how the interview was to be.',
    rule: 'set_ups',
    until: 'until you erase everything',
  },
  {
    what: 'Interviews',
    how: 'Questions, answers, judgements and feedback, each with its time.',
    rule: 'interviews',
    until: 'until you delete the interview or erase everything',
  },
  {
    what: 'The sound of spoken interviews',
    how: 'Only with your consent, encrypted; both sides, so that you can listen again. Without consent the sound passes by: its words are kept with the interview, and a few numbers of how you spoke, such as pace and pauses.',
    rule: 'recordings',
    until: 'until you delete the recording, delete the interview or erase everything',
  },
  {
    what: 'Replies',
    how: 'The reply to a request that may come again, such as an answer that you gave again in the report, so that a lost connection doubles nothing; deleting the interview does not shorten that.',
    rule: 'repeats',
    until: 'until you erase everything',
  },
  {
    what: 'Account',
    how: 'Name, e-mail, a hash of the password, your profile, what you agreed to and when.',
    until: 'until you erase everything',
  },
  {
    what: 'Where you are signed in',
    how: 'For each device its browser and system in words, its network address without the last part, when you signed in and when you were last here.',
    until: 'until you sign out there, or 30 days after you signed in',
  },
  {
    what: 'Failed sign-ins',
    how: 'How many there were of late for an address and from a network, so that nobody can guess passwords: a fingerprint that only this server can tell, not the address itself.',
    until: 'a week',
  },
  {
    what: 'The audit log',
    how: 'That you registered, signed in or were refused, changed a password, agreed or withdrew, took a copy, erased: by the id of your account, with a fingerprint of the network. None of your words, no name, no address. Erasing does not take that out.',
    rule: 'audit',
    until: '',
  },
  {
    what: 'As a guest',
    how: 'The same, without an account; a resume may of course name you. All of it is erased.',
    rule: 'guests',
    until: 'until you erase everything',
  },
  {
    what: 'Backups and logs',
    how: 'Greenroom makes no backups; the operator may. Its log holds starts, errors and counts: no visits, and none of your words.',
    until: 'the operator decides',
  },
];

/** What is kept, and until when by the rules of this server. */
export function Kept() {
  const { data: rules } = useRetentionRules();
  return (
    <ul className={styles.kept}>
      {KEPT.map((entry) => (
        <li key={entry.what}>
          <h2 className={styles.what}>{entry.what}</h2>
          <p>{entry.how}</p>
          <p className="soft small">{end(entry, rules)}</p>
        </li>
      ))}
    </ul>
  );
}

/** Nothing is claimed of a rule while the server does not say. */
function end({ rule, until }: Entry, rules: RetentionRule[] = []): string {
  const kept = rules.find(({ kind }) => kind === rule)?.kept;
  const words = kept ? `until ${kept}${until && `, or ${until}`}` : until;
  return words && `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
