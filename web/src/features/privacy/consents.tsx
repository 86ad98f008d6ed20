import { useChangeConsent, useConsents, useConsentTexts } from '@/api/consents';
import { messageOf } from '@/api/errors';
import type { ConsentText, Consents as Given } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { day } from '@/lib/format';
import styles from './privacy.module.css';

/** What a person may agree to, each purpose on its own, with when they did. */
export function Consents() {
  const texts = useConsentTexts();
  const { data: mine } = useConsents();
  const change = useChangeConsent();
  return (
    <section className="stack" id="consents">
      <h2>What you may agree to</h2>
      <p>
        Nothing of this is needed to practise. Each is asked for before anything is collected for it, and you
        can withdraw here at any moment.
      </p>
      {texts.isPending && <Skeleton label="Loading the texts" lines={4} />}
      {texts.isError && <Notice kind="bad">{messageOf(texts.error)}</Notice>}
      {change.isError && <Notice kind="bad">{messageOf(change.error)}</Notice>}
      <ul className={styles.kept}>
        {texts.data?.map((text) => (
          <li key={text.purpose}>
            <h3 className={styles.what}>{text.title}</h3>
            {text.paragraphs.map((words) => (
              <p key={words}>{words}</p>
            ))}
            <p className="soft small">{standing(text, mine)}</p>
            <div className="row">
              <Button
                busy={change.isPending && change.variables.text.purpose === text.purpose}
                onClick={() => change.mutate({ text, agree: !agrees(text, mine) })}
              >
                {agrees(text, mine) ? 'Withdraw' : 'Agree'}
                <span className="visually-hidden">: {text.title}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const agrees = (text: ConsentText, mine?: Given) => mine?.agreed.includes(text.purpose) ?? false;

function standing(text: ConsentText, mine?: Given): string {
  const last = mine?.given.filter(({ purpose }) => purpose === text.purpose).at(-1);
  const version = `Text of ${text.version}.`;
  if (!last) return `You have not agreed. ${version}`;
  if (last.withdrawn_at) return `Withdrawn on ${day(last.withdrawn_at)}. ${version}`;
  if (last.version !== text.version)
    return `The text was changed since you agreed, so it does not count. ${version}`;
  return `You agreed on ${day(last.given_at)}. ${version}`;
}
