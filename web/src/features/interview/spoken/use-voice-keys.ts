import { useEffect, useRef } from 'react';

type Actions = { done: () => void; mute: () => void; type: () => void };

/** Keys for speaking; with Alt and Shift, as all in the room. */
export function useVoiceKeys(actions: Actions, on: boolean) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    if (!on) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
      if (document.querySelector('dialog[open]')) return;
      const { done, mute, type } = latest.current;
      const action = { KeyD: done, KeyM: mute, KeyT: type }[event.code];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [on]);
}
