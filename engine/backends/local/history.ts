import type { HistoryFilter, Output, ParsedInput } from '../../api/methods.ts';
import type { HistoryEvent } from '../../api/resources.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { Commit, Event } from '../../model/events.ts';
import type { ExistingState } from './existing-tree.ts';
import { sentenceOf } from './sentences.ts';

interface HistoricCommit {
  readonly position: number;
  readonly commit: Pick<Commit, 'at' | 'events'>;
}

/** The part of the store that has them. */
export interface Histories {
  readonly history: (id: string, after: number) => AsyncIterable<HistoricCommit>;
}

/** So long what matches a filter is looked for, in milliseconds: a page of all that happened is never cut short. */
const PATIENCE = 40;
/** So many commits are read at once on the way back, at least. */
const STRETCH = 100;

/**
 * One page of what happened in an execution: `executions.history`. It tells only what is on disk.
 *
 * @param stateNow resolves with the newest state once that is on disk; its tree has the names of all that was committed
 */
export async function historyPage(
  store: Histories,
  { id, cursor, direction, limit, filter }: ParsedInput<'executions.history'>,
  stateNow: () => Promise<ExistingState>,
): Promise<Output<'executions.history'>> {
  let { tree, position: known } = await stateNow();
  const matches = matcherOf(filter);
  const tell = async ({ position, commit }: HistoricCommit): Promise<readonly HistoryEvent[]> => {
    // It was committed while the page was read, and may neither be on disk yet nor have its names in that tree.
    if (position > known) ({ tree, position: known } = await stateNow());
    return toldOf(tree, position, commit).filter(matches);
  };
  const history = (after: number) => store.history(id, after);
  const wanted = { limit, deadline: isFilter(filter) ? performance.now() + PATIENCE : Number.POSITIVE_INFINITY };
  const { events, start, end, more } =
    direction === 'after'
      ? await pageAfter(history, Number(cursor ?? 0), wanted, tell)
      : await pageBefore(history, cursor === null ? known : Number(cursor), wanted, tell);
  return { events, start: String(start), end: String(end), last: Math.max(known, end), more };
}

interface Wanted {
  readonly limit: number;
  readonly deadline: number;
}

type Tell = (commit: HistoricCommit) => Promise<readonly HistoryEvent[]>;
type History = (after: number) => AsyncIterable<HistoricCommit>;

interface Page {
  readonly events: HistoryEvent[];
  readonly start: number;
  readonly end: number;
  readonly more: boolean;
}

async function pageAfter(history: History, start: number, { limit, deadline }: Wanted, tell: Tell): Promise<Page> {
  const events: HistoryEvent[] = [];
  let end = start;
  for await (const each of history(start)) {
    if (events.length >= limit || (end > start && performance.now() > deadline)) {
      return { events, start, end, more: true };
    }
    events.push(...(await tell(each)));
    end = each.position;
  }
  return { events, start, end, more: false };
}

/** A history can only be read forwards: it is read in stretches, each of them before the one that was read last. */
async function pageBefore(history: History, end: number, { limit, deadline }: Wanted, tell: Tell): Promise<Page> {
  const pages: (readonly HistoryEvent[])[] = [];
  let count = 0;
  let start = end;
  while (start > 0 && count < limit && (start === end || performance.now() <= deadline)) {
    const from = Math.max(0, start - Math.max(STRETCH, limit));
    const commits: HistoricCommit[] = [];
    for await (const each of history(from)) {
      if (each.position > start) break;
      commits.push(each);
    }
    start = from;
    for (const each of commits.reverse()) {
      if (count >= limit) {
        start = each.position;
        break;
      }
      const events = await tell(each);
      pages.push(events);
      count += events.length;
    }
  }
  return { events: pages.reverse().flat(), start, end, more: start > 0 };
}

function isFilter({ text, types, nodeId }: HistoryFilter): boolean {
  return text.trim() !== '' || types !== null || nodeId !== null;
}

function matcherOf({ text, types, nodeId }: HistoryFilter): (event: HistoryEvent) => boolean {
  const wanted = text.trim().toLowerCase();
  return (event) => {
    if (types !== null && !types.includes(event.type)) return false;
    if (nodeId !== null && event.nodeId !== nodeId) return false;
    if (wanted === '') return true;
    const sentence = event.name === null ? event.text : `${event.name} ${event.text}`;
    return sentence.toLowerCase().includes(wanted);
  };
}

function toldOf(tree: ExecutionTree, position: number, { at, events }: Pick<Commit, 'at' | 'events'>): HistoryEvent[] {
  const putOff = new Set(events.map(putOffBy));
  const scheduled = idsOf(events, 'ActionScheduled');
  const begun = idsOf(events, 'ActionBegun');
  return events.flatMap((event: Event) => {
    // It counts as running while it waits for its start, but nobody would say that it has started.
    if (event.type === 'TaskStateChanged' && event.state === 'RUNNING' && putOff.has(event.id)) return [];
    // An action that had nothing to wait for has started, and that is all.
    if (event.type === 'ActionBegun' && scheduled.has(event.id)) return [];
    const isAtOnce = event.type === 'ActionScheduled' && begun.has(event.id);
    const sentence = sentenceOf(tree, isAtOnce ? { type: 'ActionBegun', id: event.id } : event, at);
    return sentence === null ? [] : [{ position, at, ...sentence }];
  });
}

function idsOf(events: readonly Event[], type: 'ActionScheduled' | 'ActionBegun'): ReadonlySet<string> {
  return new Set(events.flatMap((event) => (event.type === type ? [event.id] : [])));
}

/** The task whose start an event puts off. */
function putOffBy(event: Event): string | null {
  return event.type === 'TaskDelayed' && event.timer.purpose.type === 'start' ? event.timer.taskId : null;
}
