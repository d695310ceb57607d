const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration that has ended, as exact as anybody needs it: `420 ms`, `3.2 s`, `42 s`, `2 m 05 s`, `1 h 02 m`, `3 d 04 h`. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < SECOND) return `${Math.round(length)} ms`;
  if (length < 9.95 * SECOND) return `${(length / SECOND).toFixed(1)} s`;
  return formatSeconds(length);
}

/** The same in whole seconds, for what is counted while one looks: `3 s`. */
export function formatSeconds(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return pair(length, MINUTE, 'm', SECOND, 's');
  if (length < DAY) return pair(length, HOUR, 'h', MINUTE, 'm');
  return pair(length, DAY, 'd', HOUR, 'h');
}

/** What is left until then, never less than a second as long as it has not happened: `8 s`. */
export function formatCountdown(ms: number): string {
  return formatSeconds(Math.max(SECOND, Math.ceil(ms / SECOND) * SECOND));
}

/** The time of day, with the date unless it is today's: `14:03:22`, `21 Nov 14:03`. */
export function formatTime(at: number, now: number): string {
  const then = new Date(at);
  const sameDay = then.toDateString() === new Date(now).toDateString();
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  return sameDay ? `${time}:${two(then.getSeconds())}` : `${then.getDate()} ${months[then.getMonth()]} ${time}`;
}

/** Everything that is known about a time: `2026-11-23 14:03:22.418`. */
export function formatExactTime(at: number): string {
  const then = new Date(at);
  const date = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  const time = `${two(then.getHours())}:${two(then.getMinutes())}:${two(then.getSeconds())}`;
  return `${date} ${time}.${String(then.getMilliseconds()).padStart(3, '0')}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  return `${Math.floor(ms / large)} ${largeUnit} ${two(Math.floor((ms % large) / small))} ${smallUnit}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
