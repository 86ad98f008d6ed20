import { Link } from 'react-router';
import { useTitle } from '@/lib/use-title';
import { Consents } from './consents';
import { Kept } from './kept';
import styles from './privacy.module.css';
import { Recordings } from './recordings';
import { WhenYoursGoes } from './when-yours-goes';
import { WhereWordsGo } from './where-words-go';

/** What is kept, where, for how long, and on what terms. */
export function PrivacyPage() {
  useTitle('Privacy and terms');
  return (
    <div className={`page narrow ${styles.page}`}>
      <h1>What is kept, and for how long</h1>
      <WhereWordsGo />
      <p>
        Nobody but you can open your interviews here: there is no page for employers, and none for
        administrators. What you write is encrypted in the database with a key of your own; whoever runs this
        server has the key to that key, so you trust them.
      </p>
      <Kept />
      <WhenYoursGoes />
      <Recordings />
      <Consents />
      <section className="stack">
        <h2>On your device</h2>
        <p>
          Two cookies, both needed to keep you signed in: <code>greenroom_access</code>, for half an hour, and{' '}
          <code>greenroom_refresh</code>, for 30 days at most. No script can read them and no other site gets
          them. By HTTPS their names begin with <code>__Host-</code>. Nothing counts or follows you.
        </p>
        <p>
          The browser’s own storage holds the theme, which microphone, speaker and voice you chose, answers
          that you have not sent yet, and, until you close the tab, the posting you are preparing. Signing out
          or erasing forgets the answers and the posting, and so does a sign-in that ends by itself; what an
          open page holds then goes back to you when you sign in there.
        </p>
      </section>
      <section className="stack">
        <h2>Copy and erase</h2>
        <p>
          On the <Link to="/account">account page</Link> you download everything in one archive (ZIP) with
          files for people and for programs, or erase it: then all of it is removed from the database at once.
          Guests can do both too. Single interviews are deleted from{' '}
          <Link to="/history">your interviews</Link>.
        </p>
        <p>
          An interview that nobody comes back to for three days is closed. It stays in your list, with a
          report of what was answered.
        </p>
      </section>
      <section className="stack">
        <h2>Names of skills</h2>
        <p>
          Skills in resumes and job descriptions are told by lists of names, some of them from the European
          classification of skills and occupations. This service uses the{' '}
          <a href="https://esco.ec.europa.eu">ESCO classification</a> of the European Commission.
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
