export type Playing = { stop: () => void };

/** Plays a short sound on a device, once. `onOver` tells that it has ended, was stopped or cannot be played. */
export function playBlob(sound: Blob, deviceId: string, onOver: () => void): Playing {
  const url = URL.createObjectURL(sound);
  const audio = new Audio();
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    audio.pause();
    URL.revokeObjectURL(url);
    onOver();
  };
  audio.onended = end;
  audio.onerror = end;
  audio.src = url;
  const begin = async () => {
    // A device that is not there any more leaves the system's own choice.
    if (deviceId && 'setSinkId' in audio) await audio.setSinkId(deviceId).catch(() => undefined);
    if (!over) await audio.play();
  };
  begin().catch(end);
  return { stop: end };
}
