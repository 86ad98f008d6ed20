import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '@/api/errors';
import { deleteSession, historyKey, reportKey, sessionKey } from '@/api/sessions';
import type { Session } from '@/api/types';
import { ConfirmDialog } from '@/components/dialog';
import { Notice } from '@/components/notice';
import { dateTime } from '@/lib/format';
import { isOpen, nameOf } from './history-entry';

type Props = {
  /** Null: nothing is asked. */
  session: Session | null;
  onClose: () => void;
  onDeleted: (session: Session) => void;
};

/** Says what is lost before an interview is deleted. */
export function DeleteDialog({ session, onClose, onDeleted }: Props) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: ({ id }: Session) => deleteSession(id),
    onSuccess: async (_, deleted) => {
      queries.removeQueries({ queryKey: reportKey(deleted.id) });
      queries.removeQueries({ queryKey: sessionKey(deleted.id) });
      await queries.invalidateQueries({ queryKey: historyKey });
      onDeleted(deleted);
    },
  });
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      title="Delete this interview?"
      open={session !== null}
      onClose={close}
      onConfirm={() => session && remove.mutate(session)}
      busy={remove.isPending}
      confirm="Delete it"
    >
      {session && (
        <p>
          Questions, answers, judgements and the report of “{nameOf(session)}” of{' '}
          {dateTime(session.started_at)} are removed from this server.{' '}
          {isOpen(session) && 'It has not ended yet, so there will be no report either. '}
          This cannot be undone.
        </p>
      )}
      <p className="soft small">
        The job description and the resume that it was made from stay until you erase all your data.
      </p>
      {remove.isError && <Notice kind="bad">{messageOf(remove.error)}</Notice>}
    </ConfirmDialog>
  );
}
