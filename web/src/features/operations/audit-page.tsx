import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type AuditFilters, auditTable, NO_FILTERS, useAudit } from '@/api/audit';
import { messageOf } from '@/api/errors';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { download } from '@/lib/download';
import { AdministratorsPage, Failed } from './administrators-page';
import { AuditEntries } from './audit-entries';
import { AuditFilterFields } from './audit-filters';
import { AuditVerified } from './audit-verified';
import styles from './operations.module.css';

/** Who did what, for administrators. */
export function AuditPage() {
  return (
    <AdministratorsPage
      title="Audit log"
      intro="Who did what: sign-ins, refusals, changes, exports, what was erased or deleted. People are named by the ids of their accounts; what they said is not here."
    >
      <div className="row">
        <ButtonLink to="/operations">Back to operations</ButtonLink>
      </div>
      <AuditVerified />
      <Log />
    </AdministratorsPage>
  );
}

function Log() {
  const [filters, setFilters] = useState<AuditFilters>(NO_FILTERS);
  const log = useAudit(filters);
  const table = useMutation({ mutationFn: () => download(auditTable(filters), 'greenroom-audit.csv') });
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.sheet} aria-labelledby="entries-heading">
      <h2 id="entries-heading">Entries</h2>
      <AuditFilterFields onLook={setFilters} />
      {log.isPending && <Skeleton label="Fetching the log" lines={6} />}
      {log.isError && <Failed error={log.error} onAgain={() => void log.refetch()} />}
      {log.isSuccess && entries.length === 0 && <p className="soft">Nothing like this was written down.</p>}
      {entries.length > 0 && <AuditEntries entries={entries} />}
      {table.isError && <Notice kind="bad">{messageOf(table.error)}</Notice>}
      <div className="row">
        {log.hasNextPage && (
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Show more
          </Button>
        )}
        <Button busy={table.isPending} onClick={() => table.mutate()}>
          Download as a table (CSV)
        </Button>
      </div>
    </section>
  );
}
