import type { Json } from '../model/json.ts';
import type { Items } from '../model/records.ts';

/** The arithmetic of with-items: which item may start, and what its end changes. */

export function unstartedItems(
  values: { readonly [variable: string]: readonly Json[] },
  count: number,
  concurrency: number,
): Items {
  return { values, count, concurrency, redo: [], next: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };
}

/** A file that somebody wrote may have a child for an item that there is not. */
export function hasItem(items: Items | null, index: number): boolean {
  return items !== null && index < items.count;
}

export function canStartItem(items: Items): boolean {
  const isFree = items.concurrency === 0 || items.running < items.concurrency;
  return isFree && (items.redo.length > 0 || items.next < items.count);
}

/** The item to start next: failed ones that are to be done again come first. */
export function nextItem(items: Items): number {
  return items.redo[0] ?? items.next;
}

export function startItem(items: Items, index: number): Items {
  const running = items.running + 1;
  return items.redo.length > 0
    ? { ...items, running, redo: items.redo.filter((each) => each !== index) }
    : { ...items, running, next: index + 1 };
}

type Outcome = 'SUCCESS' | 'ERROR' | 'CANCELLED' | 'SKIPPED';

export function withOutcome(items: Items, state: Outcome): Items {
  return tally(items, state, 1);
}

/** Takes back {@link withOutcome}: the item runs again. */
export function withoutOutcome(items: Items, state: Outcome): Items {
  return tally(items, state, -1);
}

function tally(items: Items, state: Outcome, by: 1 | -1): Items {
  const running = items.running - by;
  switch (state) {
    case 'SUCCESS':
    case 'SKIPPED':
      return { ...items, running, succeeded: items.succeeded + by };
    case 'ERROR':
      return { ...items, running, failed: items.failed + by };
    case 'CANCELLED':
      return { ...items, running, cancelled: items.cancelled + by };
    default:
      return state satisfies never;
  }
}

/** How the task ends, or null while items are still to come. One cancelled item ends the task at once, as in Mistral. */
export function itemsOutcome(items: Items): 'SUCCESS' | 'ERROR' | 'CANCELLED' | null {
  if (items.cancelled > 0) return 'CANCELLED';
  if (items.succeeded + items.failed < items.count) return null;
  return items.failed > 0 ? 'ERROR' : 'SUCCESS';
}
