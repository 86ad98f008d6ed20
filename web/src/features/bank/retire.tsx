import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { bankChanged, type Curated, retireQuestion, saveQuestion } from '@/api/bank';
import { messageOf } from '@/api/errors';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { entryOf } from './entry';

/** Takes a question out of use, with a way back. */
export function Retire({ curated, onDone }: { curated: Curated; onDone: (words: string) => void }) {
  const queries = useQueryClient();
  const [undo, setUndo] = useState(false);
  const change = useMutation({
    mutationFn: async (retire: boolean) => {
      if (retire) await retireQuestion(curated.question.id);
      else await saveQuestion(entryOf(curated));
      await bankChanged(queries);
    },
    onSuccess: (_, retire) => {
      setUndo(retire);
      onDone(retire ? 'It is retired: asked no more, and kept.' : 'It is asked again.');
    },
  });
  const words = curated.retired ? (undo ? 'Undo' : 'Ask it again') : 'Retire it';
  return (
    <>
      <Button busy={change.isPending} onClick={() => change.mutate(!curated.retired)}>
        {words}
      </Button>
      {change.isError && <Notice kind="bad">{messageOf(change.error)}</Notice>}
    </>
  );
}
