import { useRecording } from '@/api/recording';
import type { Session } from '@/api/types';

/** Whether there is something to listen to of a spoken interview. */
export function RecordedMark({ session: { id, status } }: { session: Session }) {
  const isOver = status === 'completed' || status === 'abandoned';
  const { data, isError } = useRecording(id, 1, isOver);
  return data && !isError ? ', recorded' : null;
}
