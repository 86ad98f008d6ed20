import type { ReactNode } from 'react';
import { useChangeConsent, useConsents } from '@/api/consents';
import { messageOf } from '@/api/errors';
import type { ConsentText } from '@/api/types';
import { Agree } from './agree';
import { Notice } from './notice';

/** A consent that is given and withdrawn by a tick, with what it means in a sentence. */
export function ConsentBox({ text, children }: { text: ConsentText; children: ReactNode }) {
  const { data: mine } = useConsents();
  const change = useChangeConsent();
  const agreed = change.isPending ? change.variables.agree : (mine?.agreed.includes(text.purpose) ?? false);
  return (
    <div className="stack">
      <Agree
        checked={agreed}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ text, agree: event.target.checked })}
      >
        {children}
      </Agree>
      {change.isError && <Notice kind="bad">{messageOf(change.error)}</Notice>}
    </div>
  );
}
