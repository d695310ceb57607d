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

/** What is looked for in a history. */
export interface EventFilter {
  /** Part of the sentence, in capital letters or not. */
  readonly text: string;
  readonly kind: EventKind | null;
  /** The node that it happened to. */
  readonly nodeId: string | null;
}

export const everyEvent: EventFilter = { text: '', kind: null, nodeId: null };

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

/** Those that match all of the filter. */
export function findRows(rows: readonly EventRow[], { text, kind, nodeId }: EventFilter): readonly EventRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' && kind === null && nodeId === null) return rows;
  const types = kind === null ? null : new Set(eventKinds[kind].types);
  return rows.filter(
    ({ event }) =>
      (types === null || types.has(event.type)) &&
      (nodeId === null || event.nodeId === nodeId) &&
      (wanted === '' || sentence(event).toLowerCase().includes(wanted)),
  );
}

/** What is read and heard of an event. */
export function sentence({ name, text }: Pick<HistoryEvent, 'name' | 'text'>): string {
  return name === null ? text : `${name} ${text}`;
}
