import { useAbout } from '@/api/about';
import type { Outside } from '@/api/types';
import { Notice } from '@/components/notice';
import { modelsFor } from '@/lib/outside';

/** What leaves this server for which purpose, and to whom; nothing is claimed while the server does not say. */
export function WhereWordsGo() {
  const { data: about } = useAbout();
  if (!about) return null;
  return about.outside.length === 0 ? <Nowhere /> : <Away outside={about.outside} />;
}

function Nowhere() {
  return (
    <p>
      Everything runs on this server and lies in its database. The built-in interviewer and scorer are part of
      it: no word of yours goes to another company, and no language model reads it.
    </p>
  );
}

function Away({ outside }: { outside: Outside[] }) {
  const leads = modelsFor(outside, 'interviewing');
  const judges = modelsFor(outside, 'judging');
  const hears = modelsFor(outside, 'hearing');
  const speaks = modelsFor(outside, 'speaking');
  const talks = modelsFor(outside, 'realtime');
  return (
    <Notice kind="doubt">
      <p>
        All that is kept lies in this server’s database. But models outside of it help, and get some of it.
        Those of other companies do so only for people who agree (below):
      </p>
      <p>
        <strong>{leads ? `${leads} leads the interview.` : 'The interview is led on this server.'}</strong>{' '}
        {leads
          ? 'For that the job description, your resume without name and contact details, your profile, lines of earlier interviews, and your answers are sent to it.'
          : 'Nothing is sent away for that.'}
      </p>
      <p>
        <strong>{judges ? `${judges} judges the answers.` : 'Answers are judged on this server.'}</strong>{' '}
        {judges
          ? 'For that each question, what a full answer says, and your answer without names, e-mail addresses, telephone numbers and links are sent to it.'
          : 'Nothing is sent away for that.'}
      </p>
      {(hears || speaks) && (
        <p>
          <strong>
            In spoken interviews{' '}
            {[hears && `${hears} hears`, speaks && `${speaks} speaks`].filter(Boolean).join(' and ')}.
          </strong>{' '}
          {hears && 'The sound of your answers is sent to it. '}
          {speaks && 'What the interviewer says is sent to be spoken. '}
          Without your consent neither is.
        </p>
      )}
      {talks && (
        <p>
          <strong>Where you choose to speak as in a talk, {talks} hears and speaks.</strong> The sound of your
          answers, the questions and what leads in to them are sent to it; without your consent nothing is.
        </p>
      )}
      <p>
        When no model can be reached, the built-in interviewer and scorer take over; the report says who asked
        and who judged. Names are taken out by code: those of your account and resume, not everybody’s.
      </p>
    </Notice>
  );
}
