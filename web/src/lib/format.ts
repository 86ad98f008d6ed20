/** `9:05`; never below zero. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `9:05`, a place in a recording: the second that it is in. */
export function placeOf(ms: number): string {
  return clock(Math.floor(Math.max(0, ms) / 1000) * 1000);
}

export function countWords(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/u).length;
}

/** `1 word`, `2 words`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** One decimal, of ten: `7.5`. */
export function score(value: number): string {
  return value.toFixed(1);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export function dateTime(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

/** With seconds. */
export function timeOfDay(at: Date): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(at);
}

/** The day alone. */
export function day(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(iso));
}

/** `snake_case` to words, first letter large. */
export function words(key: string): string {
  const text = key.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `$0.0012`, `$1.20`. */
export function dollars(micros: number): string {
  const digits = micros >= 1_000_000 || micros === 0 ? 2 : 4;
  return `$${(micros / 1e6).toFixed(digits)}`;
}

/** `640 KB`, `1.5 GB`; thousands, as on the box of a disk. */
export function bytes(count: number): string {
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = count / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** How long ago, in its largest unit: `40 s`, `3 min`, `2 h`, `5 d`. */
export function ago(iso: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
