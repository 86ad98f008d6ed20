import type { ReactNode } from 'react';
import { useChangeConsent, useConsents } from '@/api/consents';
import { messageOf } from '@/api/errors';
import type { ConsentText } from '@/api/types';
import styles from './consent-box.module.css';
import { Notice } from './notice';

/** A consent that is given and withdrawn by a tick, with what it means in a sentence. */
export function ConsentBox({ text, children }: { text: ConsentText; children: ReactNode }) {
  const { data: mine } = useConsents();
  const change = useChangeConsent();
  const agreed = change.isPending ? change.variables.agree : (mine?.agreed.includes(text.purpose) ?? false);
  return (
    <div className="stack">
      <label className={styles.agree}>
        <input
          type="checkbox"
          checked={agreed}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ text, agree: event.target.checked })}
        />
        <span>{children}</span>
      </label>
      {change.isError && <Notice kind="bad">{messageOf(change.error)}</Notice>}
    </div>
  );
}
