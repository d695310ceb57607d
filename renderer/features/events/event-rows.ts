import type { HistoryEvent } from '../../../engine/api/resources.ts';
import type { TreeItem } from '../../ui/tree-grid/flatten.ts';

/** A line of the list: events as a grid takes them. */
export interface EventRow extends TreeItem<EventRow> {
  readonly event: HistoryEvent;
  /** When the execution began, in milliseconds since 1970. */
  readonly since: number;
}

const none: readonly EventRow[] = [];

/** The rows of these events, those that are there already as they are. A history only ever grows. */
export function growRows(rows: readonly EventRow[], events: readonly HistoryEvent[]): readonly EventRow[] {
  if (events.length === rows.length) return rows;
  const since = events[0]?.at ?? 0;
  const added = events.slice(rows.length).map((event, index) => ({
    id: String(rows.length + index),
    children: none,
    expandable: false,
    event,
    since,
  }));
  return [...rows, ...added];
}

/** Those whose sentence has the text in it, in capital letters or not. */
export function findRows(rows: readonly EventRow[], text: string): readonly EventRow[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? rows : rows.filter(({ event }) => sentence(event).toLowerCase().includes(wanted));
}

/** What is read and heard of an event. */
export function sentence({ name, text }: Pick<HistoryEvent, 'name' | 'text'>): string {
  return name === null ? text : `${name} ${text}`;
}
