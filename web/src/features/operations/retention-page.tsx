import { NO_FILTERS, useAudit } from '@/api/audit';
import { type RetentionDue, useRetentionDue } from '@/api/retention';
import { Button, ButtonLink } from '@/components/button';
import { Skeleton } from '@/components/skeleton';
import { dateTime, words } from '@/lib/format';
import { AdministratorsPage, Failed } from './administrators-page';
import styles from './operations.module.css';

/** How long what is kept, and what was deleted, for administrators. */
export function RetentionPage() {
  return (
    <AdministratorsPage
      title="What is kept how long"
      intro="What is older than its rule says is deleted every hour, guests every ten minutes. The times are in the section [retention] of the configuration; people read them on the privacy page."
    >
      <div className="row">
        <ButtonLink to="/operations">Back to operations</ButtonLink>
      </div>
      <Rules />
      <Deleted />
    </AdministratorsPage>
  );
}

function Rules() {
  const due = useRetentionDue();
  return (
    <section className={styles.sheet} aria-labelledby="rules-heading">
      <h2 id="rules-heading">The rules</h2>
      {due.isPending && <Skeleton label="Fetching the rules" lines={6} />}
      {due.isError && <Failed error={due.error} onAgain={() => void due.refetch()} />}
      {due.data && <RuleTable rules={due.data} />}
    </section>
  );
}

function RuleTable({ rules }: { rules: RetentionDue[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Kept until</th>
          <th scope="col">Would go now</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.kind}>
            <th scope="row">{rule.what}</th>
            <td data-label="Kept until">{rule.kept}</td>
            <td data-label="Would go now">{rule.due}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Deleted() {
  const log = useAudit({ ...NO_FILTERS, action: 'retention.deleted' });
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.sheet} aria-labelledby="deleted-heading">
      <h2 id="deleted-heading">What was deleted</h2>
      <p>From the audit log, where each deletion is written down together with the deletion itself.</p>
      {log.isPending && <Skeleton label="Fetching what was deleted" lines={4} />}
      {log.isError && <Failed error={log.error} onAgain={() => void log.refetch()} />}
      {log.isSuccess && entries.length === 0 && <p className="soft">Nothing was old enough so far.</p>}
      {entries.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">When</th>
              <th scope="col">How many, and why</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <th scope="row">{words(entry.subject)}</th>
                <td data-label="When">{dateTime(entry.at)}</td>
                <td data-label="How many, and why">{entry.details}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {log.hasNextPage && (
        <div className="row">
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}
