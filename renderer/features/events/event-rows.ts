import type { HistoryEvent } from '../../../engine/api/resources.ts';
import type { TreeItem } from '../../ui/tree-grid/rows.ts';

/** A line of the list: events as a grid takes them. */
export interface EventRow extends TreeItem<EventRow> {
  readonly event: HistoryEvent;
  /** When the execution began, in milliseconds since 1970. */
  readonly since: number;
}

const none: readonly EventRow[] = [];

/** @param since when the execution began, in milliseconds since 1970 */
export function rowsOf(events: readonly HistoryEvent[], since: number): readonly EventRow[] {
  let place = 0;
  return events.map((event, index) => {
    place = event.position === events[index - 1]?.position ? place + 1 : 0;
    return { id: `${event.position}.${place}`, children: none, expandable: false, event, since };
  });
}

export type EventKind = 'start' | 'end' | 'failure' | 'wait' | 'other';

/** In the order in which they are offered. */
export const eventKinds: Readonly<Record<EventKind, { readonly title: string; readonly types: readonly EventType[] }>> =
  {
    start: { title: 'Created and started', types: ['created', 'started', 'repeated'] },
    end: { title: 'Succeeded, skipped, cancelled', types: ['succeeded', 'skipped', 'cancelled'] },
    failure: { title: 'Failures', types: ['failed', 'handled'] },
    wait: { title: 'Waits, delays, pauses', types: ['waiting', 'delayed', 'paused', 'resumed'] },
    other: { title: 'Published and noted', types: ['published', 'noted'] },
  };

type EventType = HistoryEvent['type'];

/** What is read and heard of an event. */
export function sentence({ name, text }: Pick<HistoryEvent, 'name' | 'text'>): string {
  return name === null ? text : `${name} ${text}`;
}
