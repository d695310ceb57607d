import { type Figures, median } from './figures.ts';
import { works } from './works.ts';

/** What one run measured, by work. */
export type Run = ReadonlyMap<string, Figures>;

/** A line of the table. */
interface Row {
  readonly id: string;
  readonly work: string;
  readonly unit: string;
  /** The works whose figures it is made of. */
  readonly of: readonly string[];
  readonly value: (get: Get) => number;
  readonly goal?: readonly ['at most' | 'at least', (get: Get) => number];
}

/** The figure of a work in one run. */
type Get = (work: string, figure: string) => number;

/** What `--json` prints. */
export interface Result {
  readonly id: string;
  readonly work: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string | null;
  readonly met: boolean | null;
}

export const rows: readonly Row[] = [
  machine('machine-append-sync', 'append + fdatasync, the thread blocked', 'per second', 'sync append'),
  machine('machine-append', 'append + fdatasync, async, p50', 'ms', 'async append'),
  machine('machine-rename', 'write + rename of 6 kB, async, no sync', 'per second', 'write and rename'),
  machine('machine-stringify', 'JSON.stringify', 'MB/s', 'stringify'),
  {
    id: 'one-task',
    work: 'one-task workflow, submit to durable completion, p50',
    unit: 'ms',
    of: ['one-task', 'machine'],
    value: (get) => get('one-task', 'p50'),
    goal: ['at most', (get) => 4 * get('machine', 'async append')],
  },
  rate('sequence', '1,000 echo tasks in sequence, each publishing', 'tasks/s', 5000),
  first('sequence', '1,000 echo tasks in sequence', 'tasks/s'),
  rate('fan-out', 'fan-out of 1,000 and join', 'tasks/s', 8000),
  first('fan-out', 'fan-out of 1,000 and join', 'tasks/s'),
  rate('with-items', 'with-items over 10,000', 'items/s', 8000),
  first('with-items', 'with-items over 10,000', 'items/s'),
  {
    id: 'executions',
    work: '1,000 executions of a 3-task workflow, submitted at once, until all have ended durably',
    unit: 'executions/s',
    of: ['executions'],
    value: (get) => get('executions', 'acknowledged'),
    goal: ['at least', () => 2800],
  },
  {
    id: 'executions-drained',
    work: 'the same until all are in their documents',
    unit: 'executions/s',
    of: ['executions', 'machine'],
    value: (get) => get('executions', 'drained'),
    goal: ['at least', (get) => get('machine', 'write and rename') / 2],
  },
  {
    id: 'executions-syncs',
    work: 'fsyncs until then',
    unit: 'per task',
    of: ['executions'],
    value: (get) => get('executions', 'syncs'),
    goal: ['at most', () => 0.1],
  },
  first('executions', '1,000 executions until all have ended durably', 'executions/s'),
  ...stored(10_000),
  ...stored(50_000),
  {
    id: 'length',
    work: 'tasks in one sequence: 10,000 against 1,000',
    unit: 'times the time',
    of: ['length'],
    value: (get) => get('length', 'ratio'),
    goal: ['at most', () => 11],
  },
  {
    id: 'start-list',
    work: 'start with 10,000 executions stored: list ready',
    unit: 'ms',
    of: ['start'],
    value: (get) => get('start', 'list'),
    goal: ['at most', () => 100],
  },
  {
    id: 'start-open',
    work: 'open one of them',
    unit: 'ms',
    of: ['start'],
    value: (get) => get('start', 'open'),
    goal: ['at most', () => 10],
  },
  figure('large', 'with-items over 100,000, until all is in its files', 'items/s', 'large', 'rate'),
  figure('large-memory', 'memory of the process then', 'MB', 'large', 'rss'),
  {
    id: 'large-loop',
    work: 'the event loop meanwhile, longest',
    unit: 'ms',
    of: ['large'],
    value: (get) => get('large', 'loop longest'),
    goal: ['at most', () => 50],
  },
  figure('commands', '1,000 commands by one with-items, 16 at once', 'commands/s', 'commands', 'rate'),
  figure('commands-memory', 'memory that they add to the 1,000 before them', 'MB', 'commands', 'memory'),
  {
    id: 'commands-left',
    work: 'processes of them that are left over',
    unit: 'processes',
    of: ['commands'],
    value: (get) => get('commands', 'left'),
    goal: ['at most', () => 0],
  },
  {
    id: 'commands-cancelled',
    work: 'the same cancelled half way, until all processes are gone',
    unit: 's',
    of: ['commands'],
    value: (get) => get('commands', 'gone'),
    goal: ['at most', () => 2],
  },
  {
    id: 'instant',
    work: 'an execution at any of 100,000 events, the slowest of 39',
    unit: 'ms',
    of: ['instant'],
    value: (get) => get('instant', 'longest'),
    goal: ['at most', () => 50],
  },
  {
    id: 'instant-first',
    work: 'the first look at its last event, when it was opened after a restart',
    unit: 'ms',
    of: ['instant'],
    value: (get) => get('instant', 'first'),
    goal: ['at most', () => 50],
  },
  {
    id: 'instant-cold',
    work: 'the first look at the event before, with nothing made ahead',
    unit: 'ms',
    of: ['instant'],
    value: (get) => get('instant', 'cold'),
    goal: ['at most', () => 50],
  },
  figure('instant-open', 'to open it after a restart', 'ms', 'instant', 'open'),
  figure('instant-ahead', 'until any look is quick, when its history is opened', 'ms', 'instant', 'ahead'),
  {
    id: 'check',
    work: 'to check a workbook of 500 lines, p50',
    unit: 'ms',
    of: ['check'],
    value: (get) => get('check', 'p50'),
    goal: ['at most', () => 10],
  },
  {
    id: 'memory',
    work: 'memory of the process with 50,000 executions stored, after 1,000 more',
    unit: 'MB',
    of: ['memory'],
    value: (get) => get('memory', 'rss'),
    goal: ['at most', () => 200],
  },
  loop('loop-p99', 'the event loop while any of this runs, p99', 'loop p99', 16),
  loop('loop-longest', 'the event loop while any of this runs, longest', 'loop longest', 50),
  ...[...works.keys()]
    .filter(isWatched)
    .flatMap((name) => [
      figure(`loop-p99-${name}`, `the event loop during ${name}, p99`, 'ms', name, 'loop p99'),
      figure(`loop-longest-${name}`, `the event loop during ${name}, longest`, 'ms', name, 'loop longest'),
    ]),
];

/** `memory` is a single round of `executions-50000`, with nothing compiled. */
function isWatched(work: string): boolean {
  return work !== 'machine' && work !== 'memory';
}

function machine(id: string, work: string, unit: string, figure: string): Row {
  return { id, work: `the machine: ${work}`, unit, of: ['machine'], value: (get) => get('machine', figure) };
}

function figure(id: string, work: string, unit: string, of: string, name: string): Row {
  return { id, work, unit, of: [of], value: (get) => get(of, name) };
}

function rate(id: string, work: string, unit: string, least: number): Row {
  return { id, work, unit, of: [id], value: (get) => get(id, 'rate'), goal: ['at least', () => least] };
}

/** Nothing is compiled yet, and of an empty store the folders are still to be made. */
function first(of: string, work: string, unit: string): Row {
  return figure(`${of}-first`, `${work}, the first round of a process`, unit, of, 'first');
}

function stored(count: number): readonly Row[] {
  const name = `executions-${count}`;
  return ['acknowledged', 'drained'].map((figure) => ({
    id: `${name}-${figure}`,
    work: `1,000 executions with ${count.toLocaleString('en')} stored, ${figure}`,
    unit: 'of the empty store',
    of: [name, 'executions'],
    value: (get) => get(name, figure) / get('executions', figure),
    goal: ['at least', () => 0.9],
  }));
}

function loop(id: string, work: string, figure: string, most: number): Row {
  // A process is started in the loop: that takes as long as the system does, and has rows of its own.
  const watched = [...works.keys()].filter((name) => isWatched(name) && name !== 'commands');
  return {
    id,
    work,
    unit: 'ms',
    of: watched,
    value: (get) => Math.max(...watched.map((name) => get(name, figure))),
    goal: ['at most', () => most],
  };
}

/** The medians of the runs. */
export function resultOf({ id, work, unit, value, goal }: Row, runs: readonly Run[]): Result {
  const over = (figure: (get: Get) => number): number =>
    rounded(median(runs.map((run) => figure((name, each) => run.get(name)?.[each] ?? Number.NaN))));
  const found = over(value);
  if (goal === undefined) return { id, work, value: found, unit, goal: null, met: null };
  const [direction, limit] = goal;
  const wanted = over(limit);
  const met = direction === 'at most' ? found <= wanted : found >= wanted;
  return { id, work, value: found, unit, goal: `${direction} ${wanted}`, met };
}

/** Three digits that mean something. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

export function print(results: readonly Result[]): void {
  const columns = results.map(({ id, work, value, unit, goal, met }) => [
    id,
    work,
    `${value.toLocaleString('en')} ${unit}`,
    goal ?? '',
    met === null ? '' : met ? 'met' : 'not met',
  ]);
  const header = ['id', 'work', 'value', 'goal', ''];
  const widths = header.map((_, at) => Math.max(...[header, ...columns].map((row) => row[at]?.length ?? 0)));
  for (const row of [header, ...columns]) {
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
