import type { Output } from '../../api/methods.ts';
import type { HistoryEvent } from '../../api/resources.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { Commit, Event } from '../../model/events.ts';
import { sentenceOf } from './sentences.ts';

/** The part of the store that this needs. */
export interface Histories {
  readonly history: (
    id: string,
    after: number,
  ) => AsyncIterable<{ readonly position: number; readonly commit: Pick<Commit, 'at' | 'events'> }>;
}

/**
 * One page of what happened in an execution. A page ends with a whole commit, so it may have more than `limit` events.
 *
 * @param cursor where the page before ended; null: from the start
 * @param treeNow gives the tree as it is after everything that was read, which has the names of all that is told of
 */
export async function historyPage(
  store: Histories,
  id: string,
  cursor: string | null,
  limit: number,
  treeNow: () => Promise<ExecutionTree>,
): Promise<Output<'executions.history'>> {
  let position = cursor === null ? 0 : Number(cursor);
  let more = false;
  let count = 0;
  const commits: { readonly position: number; readonly commit: Pick<Commit, 'at' | 'events'> }[] = [];
  for await (const each of store.history(id, position)) {
    if (count >= limit) {
      more = true;
      break;
    }
    commits.push(each);
    position = each.position;
    count += each.commit.events.length;
  }
  const tree = await treeNow();
  const events = commits.flatMap(({ position: at, commit }) => toldOf(tree, at, commit));
  return { events, next: String(position), more };
}

function toldOf(tree: ExecutionTree, position: number, { at, events }: Pick<Commit, 'at' | 'events'>): HistoryEvent[] {
  const putOff = new Set(events.map(putOffBy));
  return events.flatMap((event: Event) => {
    // It counts as running while it waits for its start, but nobody would say that it has started.
    if (event.type === 'TaskStateChanged' && event.state === 'RUNNING' && putOff.has(event.id)) return [];
    const sentence = sentenceOf(tree, event, at);
    return sentence === null ? [] : [{ position, at, ...sentence }];
  });
}

/** The task whose start an event puts off. */
function putOffBy(event: Event): string | null {
  return event.type === 'TaskDelayed' && event.timer.purpose.type === 'start' ? event.timer.taskId : null;
}
