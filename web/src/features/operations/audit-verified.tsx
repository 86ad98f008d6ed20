import { type AuditVerification, useVerification } from '@/api/audit';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { plural } from '@/lib/format';
import styles from './operations.module.css';

/** Looks whether the log is as it was written. */
export function AuditVerified() {
  const check = useVerification();
  return (
    <section className={styles.sheet} aria-labelledby="verified-heading">
      <h2 id="verified-heading">Is it as it was written?</h2>
      <p>
        Each entry is sealed with the server’s key and holds the seal of the one before. Whoever can only
        write to the database cannot change one, or take one out of the middle, without it showing.
      </p>
      <div role="status">{check.data && <Outcome found={check.data} />}</div>
      {check.isError && <Notice kind="bad">{messageOf(check.error)}</Notice>}
      <div className="row">
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          Look at every entry
        </Button>
      </div>
    </section>
  );
}

function Outcome({ found }: { found: AuditVerification }) {
  const { entries, unknown, fault, fault_at, mark } = found;
  const seen = `${plural(entries, 'entry', 'entries')} looked at.`;
  if (fault != null) {
    return (
      <Notice kind="bad">
        <p>
          {seen} Entry {fault_at} is not right: {fault}. Compare the log with a copy of the database from
          before.
        </p>
      </Notice>
    );
  }
  return (
    <Notice kind={unknown > 0 ? 'doubt' : 'note'}>
      <p>
        {seen}{' '}
        {unknown > 0
          ? `${unknown} were sealed with a master key that is not here, so they cannot be checked: put the old key back.`
          : 'What is there was not changed, and nothing is missing before its end.'}
      </p>
      {mark && (
        <p className="small">
          The log ends at <code>{mark}</code>. Noted elsewhere, it shows later whether the end was cut off:{' '}
          <code>greenroom audit verify --noted MARK</code>.
        </p>
      )}
    </Notice>
  );
}
