import { Cron } from 'croner';

/** When a cron trigger is due: a pattern, read in a time zone. */
export interface CronPattern {
  /** Five fields (minute, hour, day of the month, month, day of the week), or six with seconds in front. */
  readonly pattern: string;
  /** An IANA name such as `Europe/Rome`; null: the zone of this machine. */
  readonly timeZone: string | null;
}

/** A pattern or a time zone that cannot be read, or a pattern that is never due; the message is for people. */
export class CronPatternError extends Error {}

/**
 * The next times that a pattern is due, in milliseconds since 1970; fewer than `count` when no more follow. Where a clock
 * is set back a time of day that comes twice is due once; one that is left out when it is set forward is due right after.
 *
 * @param from not included
 * @throws CronPatternError when the pattern or the time zone cannot be read
 */
export function nextRuns({ pattern, timeZone }: CronPattern, from: number, count: number): readonly number[] {
  if (timeZone !== null && !isTimeZone(timeZone)) {
    throw new CronPatternError(`There is no time zone '${timeZone}'. Give a name such as Europe/Rome or UTC.`);
  }
  return new Cron(read(pattern), { paused: true, ...(timeZone === null ? {} : { timezone: timeZone }) })
    .nextRuns(count, new Date(from))
    .map((each) => each.getTime());
}

/** Only cron's own fields: croner would also take a date, or a field for years. */
function read(pattern: string): string {
  const fields = pattern.trim().split(/\s+/);
  const isNickname = fields.length === 1 && /^@(yearly|annually|monthly|weekly|daily|hourly)$/.test(fields[0] ?? '');
  if (!isNickname && fields.length !== 5 && fields.length !== 6) {
    throw new CronPatternError(
      `'${pattern}' is no cron pattern. It has five fields: minute, hour, day of the month, month, day of the week; ` +
        "'0 9 * * 1-5' is 9:00 from Monday to Friday.",
    );
  }
  try {
    new Cron(fields.join(' '), { paused: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    throw new CronPatternError(`'${pattern}' is no cron pattern: ${reason}`);
  }
  return fields.join(' ');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
