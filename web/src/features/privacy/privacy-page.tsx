import { Link } from 'react-router';
import { useTitle } from '@/lib/use-title';
import styles from './privacy.module.css';

const KEPT = [
  [
    'Your resume',
    'What was read in it, as text. The file itself is read once and not kept.',
    'Until you delete it',
  ],
  [
    'Job descriptions and set-ups',
    'The posting you pasted and what was found in it.',
    'Until you delete them',
  ],
  ['Interviews', 'Questions, answers and judgements, each with its time.', 'Until you delete the interview'],
  ['Account', 'Name, e-mail, a hash of the password, what you agreed to and when.', 'Until you erase it'],
  [
    'As a guest',
    'All of the above, without name and e-mail.',
    '24 hours, unless this server’s operator set another time',
  ],
  [
    'Backups and logs',
    'The operator may keep backups. Logs hold request numbers and times, not your words.',
    'The operator decides',
  ],
];

/** What is kept, where, for how long, and on what terms. */
export function PrivacyPage() {
  useTitle('Privacy and terms');
  return (
    <div className={`page narrow ${styles.page}`}>
      <h1>What is kept, and for how long</h1>
      <p>
        Everything runs on this server. With the built-in interviewer and scorer, no word of yours goes to
        another company, and no language model reads it. Nobody but you can open your interviews here; the
        person who runs this server holds its disk.
      </p>
      <ul className={styles.kept}>
        {KEPT.map(([what, how, until]) => (
          <li key={what}>
            <h2 className={styles.what}>{what}</h2>
            <p>{how}</p>
            <p className="soft small">{until}.</p>
          </li>
        ))}
      </ul>
      <section className="stack">
        <h2>On your device</h2>
        <p>
          Two cookies that keep you signed in, readable by no script; nothing counts or follows you. The
          browser’s own storage holds the theme, answers that you have not sent yet, and the papers you are
          preparing.
        </p>
      </section>
      <section className="stack">
        <h2>Copy and erase</h2>
        <p>
          On the <Link to="/account">account page</Link>, one click gives you everything in one file, another
          erases it. Single interviews are deleted from <Link to="/history">your interviews</Link>.
        </p>
      </section>
      <section className="stack" id="terms">
        <h2>Terms</h2>
        <p>
          Greenroom is for practice. Its marks are estimates from words alone; they are no advice on whether
          to hire you and no promise about a real interview. Decisions about a job should not rest on them.
        </p>
        <p>
          Use papers that are yours or that you may use. The software comes without warranty under the Apache
          License 2.0; the operator of this server answers for running it.
        </p>
      </section>
    </div>
  );
}
