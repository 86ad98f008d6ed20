/** Shown in the help beside the keys of the room. */
export const VOICE_SHORTCUTS = [
  { keys: 'Alt + Shift + D', does: 'I have finished my answer' },
  { keys: 'Alt + Shift + M', does: 'Microphone off, or on' },
  { keys: 'Alt + Shift + T', does: 'Type instead, or speak again' },
];
