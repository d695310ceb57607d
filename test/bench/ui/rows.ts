import type { Result } from '../table.ts';
import type { Figures } from './works.ts';

interface Row {
  readonly id: string;
  readonly work: string;
  readonly unit: string;
  readonly of: string;
  readonly goal?: readonly ['at most' | 'at least', number];
}

/** At 60 frames a second; what is shown in every one of them is as smooth as it can be. */
const FRAME = 16.8;

/** The table of what the window has to hold, with what each row is measured by. */
export const rows: readonly Row[] = [
  {
    id: 'machine-frame',
    work: 'the machine: frames while plain lines of text are scrolled, p95',
    unit: 'ms',
    of: 'machine',
  },
  {
    id: 'machine-start',
    work: 'the machine: an empty window of Electron, from its start until it shows a word',
    unit: 'ms',
    of: 'machine',
  },
  ...[1000, 10_000, 100_000].flatMap((tasks) => {
    const of = `large-${tasks}`;
    const open = tasks <= 10_000 ? 300 : 1000;
    const row = (name: string, work: string, unit: string, most: number | null): Row => ({
      id: `${name}-${tasks}`,
      work: `${tasks.toLocaleString('en')} tasks: ${work}`,
      unit,
      of,
      ...atMost(most),
    });
    return [
      row('open', 'open the execution, first paint', 'ms', open),
      row('whole', 'until all of its rows are there', 'ms', null),
      row('expand', 'expand one row', 'ms', 50),
      row('expand-all', 'expand all', 'ms', 150),
      row('filter', 'filter within the execution', 'ms', 50),
      row('scroll', 'frames while scrolling 7,200 pixels a second, all expanded, p95', 'ms', FRAME),
      row('jump', 'frames with another page of rows in each, p95', 'ms', 50.4),
      row('memory', "memory of the window's process", 'MB', 500),
    ];
  }),
  ...(
    [
      ['events-shown', 'events of 100,000 tasks: shown after', null],
      ['events-end', 'events of 100,000 tasks: the last one shown after', null],
      ['events-scroll', 'events of 100,000 tasks: frames while scrolling, p95', FRAME],
      ['timeline-shown', 'timeline of 100,000 tasks: shown after', null],
      ['timeline-scroll', 'timeline of 200,000 bars: frames while scrolling, p95', FRAME],
      ['timeline-zoom', 'timeline of 200,000 bars: frames while zooming, p95', FRAME],
      ['timeline-pan', 'timeline of 200,000 bars: frames while dragging, p95', FRAME],
    ] as const
  ).map(([id, work, most]): Row => ({ id, work, unit: 'ms', of: 'views', ...atMost(most) })),
  { id: 'graph-shown', work: 'graph of 2,000 tasks: shown after', unit: 'ms', of: 'graph' },
  {
    id: 'graph-pan',
    work: 'graph of 2,000 tasks: frames while dragging, p95',
    unit: 'ms',
    of: 'graph',
    ...atMost(FRAME),
  },
  {
    id: 'graph-zoom',
    work: 'graph of 2,000 tasks: frames while zooming, p95',
    unit: 'ms',
    of: 'graph',
    ...atMost(50.4),
  },
  {
    id: 'live-rate',
    work: 'rows that change, as the window is told',
    unit: 'a second',
    of: 'paced',
    goal: ['at least', 1000],
  },
  {
    id: 'live-missing',
    work: 'rows that the window does not know in the end',
    unit: 'rows',
    of: 'paced',
    goal: ['at most', 0],
  },
  {
    id: 'live-shown',
    work: '1,000 changes a second for 25 s: shown after, p95',
    unit: 'ms',
    of: 'paced',
    goal: ['at most', 100],
  },
  { id: 'live-frames', work: 'frames meanwhile, p95', unit: 'ms', of: 'paced', goal: ['at most', 33.5] },
  {
    id: 'pausing',
    work: 'click Pause to "Pausing" or "Paused", meanwhile',
    unit: 'ms',
    of: 'paced',
    goal: ['at most', 100],
  },
  {
    id: 'list-page',
    work: 'a page of the list, 10,000 executions stored, p95',
    unit: 'ms',
    of: 'list',
    goal: ['at most', 50],
  },
  {
    id: 'many-page',
    work: 'a page of the list, 100,000 executions stored, p95',
    unit: 'ms',
    of: 'many',
    goal: ['at most', 50],
  },
  { id: 'list-scroll', work: 'frames while scrolling the list, p95', unit: 'ms', of: 'list', goal: ['at most', FRAME] },
  {
    id: 'start',
    work: 'start to usable window, 10,000 executions stored',
    unit: 'ms',
    of: 'list',
    goal: ['at most', 1500],
  },
  { id: 'idle', work: 'CPU while nothing happens, all processes', unit: '%', of: 'list', goal: ['at most', 0.5] },
  {
    id: 'timers',
    work: 'timers that the window sets in 5 s in which nothing happens',
    unit: 'timers',
    of: 'list',
    goal: ['at most', 0],
  },
  { id: 'result-shown', work: 'open a result of 10 MB: shown after', unit: 'ms', of: 'result' },
  {
    id: 'result-freeze',
    work: 'the longest that the window does nothing else meanwhile',
    unit: 'ms',
    of: 'result',
    goal: ['at most', 100],
  },
];

function atMost(most: number | null): Pick<Row, 'goal'> {
  return most === null ? {} : { goal: ['at most', most] };
}

export function resultOf({ id, work, unit, goal }: Row, figures: Figures): Result {
  const value = Number((figures[id] ?? Number.NaN).toPrecision(3));
  if (goal === undefined) return { id, work, value, unit, goal: null, met: null };
  const [direction, limit] = goal;
  return {
    id,
    work,
    value,
    unit,
    goal: `${direction} ${limit}`,
    met: direction === 'at most' ? value <= limit : value >= limit,
  };
}
