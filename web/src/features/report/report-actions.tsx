import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '@/api/errors';
import { deleteSession, historyKey, reportKey, sessionKey } from '@/api/sessions';
import type { Session } from '@/api/types';
import { Button, ButtonLink } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { download } from '@/lib/download';
import styles from './report.module.css';

const FORMATS = [
  { format: 'pdf', label: 'PDF', ending: 'pdf' },
  { format: 'markdown', label: 'Markdown', ending: 'md' },
  { format: 'json', label: 'JSON', ending: 'json' },
];

/** Take it along, try again, or delete it. */
export function ReportActions({ session }: { session: Session }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const fetchFile = useMutation({
    mutationFn: ({ format, ending }: (typeof FORMATS)[number]) =>
      download(`/api/sessions/${session.id}/report?format=${format}`, `report.${ending}`),
  });
  const remove = useMutation({
    mutationFn: () => deleteSession(session.id),
    onSuccess: () => {
      queries.removeQueries({ queryKey: reportKey(session.id) });
      queries.removeQueries({ queryKey: sessionKey(session.id) });
      void queries.invalidateQueries({ queryKey: historyKey });
      void navigate('/history', { replace: true });
    },
    onSettled: () => setAsking(false),
  });
  const error = fetchFile.error ?? remove.error;
  return (
    <section className={styles.actions} aria-label="What next">
      {error && <Notice kind="bad">{messageOf(error)}</Notice>}
      <div className="row">
        <ButtonLink to="/prepare" look="primary">
          Practise again
        </ButtonLink>
        {FORMATS.map((file) => (
          <Button key={file.format} onClick={() => fetchFile.mutate(file)} busy={fetchFile.isPending}>
            <Download aria-hidden size={17} />
            {file.label}
          </Button>
        ))}
        <Button look="danger" onClick={() => setAsking(true)}>
          <Trash2 aria-hidden size={17} />
          Delete
        </Button>
      </div>
      <ConfirmDialog
        title="Delete this interview?"
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        confirm="Delete it"
      >
        <p>
          Questions, answers and judgements of “{session.title}” are removed from this server. This cannot be
          undone.
        </p>
      </ConfirmDialog>
    </section>
  );
}
