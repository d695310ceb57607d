const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A time in the past, as short as it can be told: the time today, the day this year, else the date. */
export function moment(milliseconds: number, now = Date.now()): string {
  const then = new Date(milliseconds);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return time.format(then);
  return (then.getFullYear() === today.getFullYear() ? dayAndTime : day).format(then);
}

/** A time with its weekday, as the clocks of a time zone show it: `Mon, 30 Nov 2026, 09:00:00 GMT+1`. */
export function formatMomentIn(milliseconds: number, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone, timeZoneName: 'shortOffset' },
    }).format(milliseconds);
  } catch {
    // Not every zone that the engine knows is known to the window.
    return new Date(milliseconds).toISOString();
  }
}
