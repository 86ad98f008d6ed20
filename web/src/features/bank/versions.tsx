import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bankChanged, saveQuestion, useVersions, type Version } from '@/api/bank';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Skeleton } from '@/components/skeleton';
import { dateTime } from '@/lib/format';
import styles from './bank.module.css';
import { Failed } from './curators';
import { entryOf } from './entry';
import { changesOf } from './version-changes';

/** All versions of a question, each beside the one before, with a way back. */
export function Versions({ id, onDone }: { id: string; onDone: (words: string) => void }) {
  const versions = useVersions(id);
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: async (version: Version) => {
      await saveQuestion(entryOf(version));
      await bankChanged(queries);
    },
    onSuccess: (_, { version }) => onDone(`It is as in version ${version} again.`),
  });
  return (
    <section className="stack" aria-labelledby="versions-heading">
      <h2 id="versions-heading">Versions</h2>
      {versions.isPending && <Skeleton label="Fetching the versions" lines={3} />}
      {versions.isError && <Failed error={versions.error} onAgain={() => void versions.refetch()} />}
      {restore.isError && <Notice kind="bad">{messageOf(restore.error)}</Notice>}
      <ol className={styles.entries} reversed>
        {versions.data?.map((version, at) => (
          <li key={version.version} className={styles.entry}>
            <p>
              <strong>Version {version.version}</strong>{' '}
              <span className="soft small">
                {dateTime(version.changed_at)}
                {version.retired && ' · retired'}
              </span>
            </p>
            <Changes version={version} before={versions.data[at + 1]} />
            {at > 0 && !version.retired && (
              <div className="row">
                <Button
                  busy={restore.isPending && restore.variables?.version === version.version}
                  onClick={() => restore.mutate(version)}
                >
                  Go back to version {version.version}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Changes({ version, before }: { version: Version; before: Version | undefined }) {
  if (!before) return <p className="soft small">As it was added.</p>;
  const changes = changesOf(before, version);
  if (changes.length === 0) {
    return (
      <p className="soft small">
        {version.retired ? 'Asked no more.' : before.retired ? 'Asked again.' : 'No words changed.'}
      </p>
    );
  }
  return (
    <dl className={styles.changes}>
      {changes.map(({ field, parts }) => (
        <div key={field}>
          <dt className="soft small">{field}</dt>
          <dd>
            {parts.map(({ text, kind }, index) => {
              const key = `${index} ${kind}`;
              if (kind === 'gone') return <del key={key}>{text}</del>;
              return kind === 'new' ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>;
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
