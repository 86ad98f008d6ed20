import { useCallback, useEffect, useRef, useState } from 'react';

type Saving = 'saved' | 'waiting' | 'failed';

/**
 * Saves what is being edited a moment after the last change, one call at a time, the newest value last.
 * `flush` saves at once and throws what the call threw; `failed` stays until a later save succeeds.
 */
export function useAutosave<T>(save: (value: T) => Promise<unknown>, delayMs = 600) {
  const [state, setState] = useState<Saving>('saved');
  const pending = useRef<{ value: T } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<unknown>>(Promise.resolve());
  const call = useRef(save);
  call.current = save;

  const flush = useCallback((): Promise<unknown> => {
    clearTimeout(timer.current);
    const next = running.current.then(async () => {
      const change = pending.current;
      if (!change) return;
      pending.current = null;
      try {
        await call.current(change.value);
        if (!pending.current) setState('saved');
      } catch (error) {
        pending.current ??= change;
        setState('failed');
        throw error;
      }
    });
    running.current = next.catch(() => undefined);
    return next;
  }, []);

  const change = useCallback(
    (value: T) => {
      pending.current = { value };
      setState('waiting');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => flush().catch(() => undefined), delayMs);
    },
    [flush, delayMs],
  );

  useEffect(() => () => void flush().catch(() => undefined), [flush]);
  return { state, change, flush };
}
