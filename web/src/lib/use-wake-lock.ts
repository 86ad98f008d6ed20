import { useEffect } from 'react';

/** Keeps the screen from going dark while `on`, where the browser can. */
export function useWakeLock(on: boolean) {
  useEffect(() => {
    if (!on || !navigator.wakeLock) return;
    let gone = false;
    let lock: WakeLockSentinel | null = null;
    const hold = async () => {
      // The browser drops it whenever the page is hidden.
      if (document.visibilityState !== 'visible') return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (gone) void lock.release();
      } catch {
        // A battery that runs low; the screen goes dark as usual.
      }
    };
    void hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', hold);
      void lock?.release();
    };
  }, [on]);
}
