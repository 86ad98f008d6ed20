/** A tab that lets go needs a moment to do it. */
const PATIENCE_MS = 300;

/**
 * Takes the voice of an interview for this tab: two that listen and speak would hear each other. Resolves to how to
 * let go; null when another tab has it and `steal` is not set. `onLost` tells that another tab has taken it.
 */
export function holdVoice(
  sessionId: string,
  steal: boolean,
  onLost: () => void,
): Promise<(() => void) | null> {
  if (!navigator.locks) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    let isMine = false;
    const hold = () => {
      isMine = true;
      return new Promise<void>((letGo) => resolve(() => letGo()));
    };
    const options = steal ? { steal } : { signal: AbortSignal.timeout(PATIENCE_MS) };
    navigator.locks.request(`greenroom.voice.${sessionId}`, options, hold).catch(() => {
      if (isMine) onLost();
      else resolve(null);
    });
  });
}
