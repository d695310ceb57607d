import type { Range } from './view.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From one tick to the next, in milliseconds. */
const steps: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
];

export interface AxisTick {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The time since the start: `0`, `250 ms`, `1.5 s`, `2 m 30 s`. */
  readonly label: string;
}

/** Round times since the start, at least `gap` pixels apart where the range has `width` pixels. */
export function axisTicks({ from, to }: Range, start: number, width: number, gap: number): readonly AxisTick[] {
  const least = ((to - from) * gap) / Math.max(1, width);
  const step = steps.find((each) => each >= least) ?? DAY * Math.ceil(least / DAY);
  const ticks: AxisTick[] = [];
  for (let since = Math.ceil((from - start) / step) * step; start + since <= to; since += step)
    ticks.push({ at: start + since, label: labelOf(since, step) });
  return ticks;
}

function labelOf(since: number, step: number): string {
  if (since === 0) return '0';
  if (since < SECOND) return `${since} ms`;
  const digits = step >= SECOND ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(since / DAY), 'd'],
    [Math.floor((since % DAY) / HOUR), 'h'],
    [Math.floor((since % HOUR) / MINUTE), 'm'],
  ];
  const seconds = (since % MINUTE) / SECOND;
  const named = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  if (seconds > 0 || named.length === 0) named.push(`${seconds.toFixed(digits)} s`);
  return named.join(' ');
}
