import { useEffect, useRef } from 'react';

/** What is shown in the help; the first is the answer box's own. */
export const SHORTCUTS = [
  { keys: 'Ctrl or Cmd + Enter', does: 'Send the answer' },
  { keys: 'Alt + Shift + P', does: 'Pause, or go on' },
  { keys: 'Alt + Shift + E', does: 'End the interview' },
  { keys: 'Alt + Shift + K', does: 'Show these keys' },
];

type Actions = { pause: () => void; end: () => void; help: () => void };

/** Keys of the room. All need Alt and Shift, so that typing never sets one off. */
export function useShortcuts(actions: Actions) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
      if (document.querySelector('dialog[open]')) return;
      const { pause, end, help } = latest.current;
      const action = { KeyP: pause, KeyE: end, KeyK: help }[event.code];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
