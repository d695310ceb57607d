import type { ExecutionFilter } from './execution-list.ts';
import { looks } from './state-look.ts';
import { getState, update } from './store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Choice {
  readonly value: number;
  readonly title: string;
}

export const ages: readonly Choice[] = [
  { value: HOUR, title: 'last hour' },
  { value: DAY, title: 'last 24 hours' },
  { value: 7 * DAY, title: 'last 7 days' },
  { value: 30 * DAY, title: 'last 30 days' },
];

export const durations: readonly Choice[] = [
  { value: 10_000, title: 'longer than 10 s' },
  { value: MINUTE, title: 'longer than 1 min' },
  { value: 10 * MINUTE, title: 'longer than 10 min' },
  { value: HOUR, title: 'longer than 1 h' },
];

/** What a filter lets through, in words: the name of the view that it is kept as. */
export function filterInWords({ text, state, workflow, within, longerThan }: ExecutionFilter): string {
  const parts = [
    ...(state === null ? [] : [looks[state].word]),
    ...(workflow === null ? [] : [workflow]),
    ...(text.trim() === '' ? [] : [`“${text.trim()}”`]),
    ...ages.filter(({ value }) => value === within).map(({ title }) => title),
    ...durations.filter(({ value }) => value === longerThan).map(({ title }) => title),
  ];
  return parts.length === 0 ? 'Everything' : parts.join(', ');
}

/** Keeps the filter of the list as a view, for this and for later starts. */
export function keepView(filter: ExecutionFilter = getState().executions.filter): void {
  const name = filterInWords(filter);
  update(({ views }) => ({ views: [...views.filter((view) => filterInWords(view) !== name), filter] }));
}

export function dropView(filter: ExecutionFilter): void {
  const name = filterInWords(filter);
  update(({ views }) => ({ views: views.filter((view) => filterInWords(view) !== name) }));
}
