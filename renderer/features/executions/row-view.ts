import type { Node } from '../../../engine/api/resources.ts';
import type { Bucket } from '../../state/buckets.ts';
import { messageOf } from '../../state/nodes.ts';
import type { Progress } from '../../state/progress.ts';
import { countsInWords, countsOfText } from '../../state/state-counts.ts';
import { isUnderWay, stateInWords } from '../../state/state-look.ts';
import type { Branch, Rollup } from '../../state/tree.ts';

/** What is shown of one row. Its entries are the same objects, or equal texts, as long as nothing has changed. */
export interface RowView {
  /** Of a bucket: the node that its members belong to. */
  readonly node: Node;
  /** Of a bucket: which of its siblings it stands for. */
  readonly bucket: Bucket | null;
  /** How many of the members of a bucket are in which state: {@link countsAsText}. */
  readonly bucketCounts: string;
  readonly collapsed: boolean;
  /** It counts as running, but its workflow is paused and nothing happens. */
  readonly held: boolean;
  /** It asks the person something. */
  readonly asks: boolean;
  /** Of a task: why the action that it runs has not begun. */
  readonly waits: string | null;
  /** How far it is, as it says itself. */
  readonly progress: Progress | null;
  /** It is an attempt of a task with a retry policy. */
  readonly isAttempt: boolean;
  /** What is below the node, once its tree is here. */
  readonly rollup: Rollup | null;
  /** Its tree has been asked for, or could not be had. */
  readonly tree: 'here' | 'loading' | { readonly failed: string };
  /** Of a root: how far its tree has come while it comes in. */
  readonly loading: string | null;
  /** What can be asked of it on its row: NodeCommands, with blanks between them. */
  readonly commands: string;
  /** Something was asked of it, and is not answered yet. */
  readonly pending: boolean;
  /** When its execution began and ended: the axis of all its rows. The end is null while it goes on. */
  readonly axisFrom: number;
  readonly axisTo: number | null;
  /** What it made, in the order in which it was made. */
  readonly children: readonly Branch[];
}

/** What spare rows show, where nobody sees them: a task of the usual kind, so that all elements of one are there. */
export const spareView: RowView = {
  node: {
    kind: 'task',
    id: '',
    rootId: '',
    parentId: null,
    order: 0,
    name: '\u00a0',
    state: 'SUCCESS',
    message: '\u00a0',
    createdAt: 0,
    startedAt: 0,
    finishedAt: 0,
    type: 'ACTION',
    runs: '\u00a0',
    errorHandled: false,
    attempt: null,
    items: null,
    dueAt: null,
    childCount: 0,
  },
  bucket: null,
  bucketCounts: '',
  collapsed: false,
  held: false,
  asks: false,
  waits: null,
  progress: null,
  isAttempt: false,
  rollup: null,
  tree: 'here',
  loading: null,
  commands: '',
  pending: false,
  axisFrom: 0,
  axisTo: 0,
  children: [],
};

export const WAITS_FOR_ANSWER = 'Waits for your answer';

/** What is heard of a row: its name, what it is, its state in words, and why. */
export function nameOfRow(
  view: Pick<RowView, 'node' | 'held' | 'asks' | 'waits' | 'bucket' | 'bucketCounts' | 'isAttempt'>,
): string {
  const { node, held, asks, waits, bucket, bucketCounts, isAttempt } = view;
  if (bucket !== null) return `${bucket.first} to ${bucket.last}, ${countsInWords(countsOfText(bucketCounts))}`;
  const index = node.kind === 'task' ? null : node.index;
  const kind = node.kind === 'workflow' ? 'workflow execution' : node.kind;
  const name = index === null ? `${node.name}, ${kind}` : `item ${index}, ${node.name}, ${kind}`;
  const attempt = isAttempt && node.kind === 'action' ? `attempt ${node.attempt}, ` : '';
  const words = `${attempt}${name}, ${stateInWords(node)}`;
  const message = asks ? WAITS_FOR_ANSWER : (messageOf(node, held) ?? waits);
  return message === null ? words : `${words}, ${message}`;
}

/** From when to when it ran; `end` is null while it goes on. Null when it has not started, or stands still. */
export function timeSpan({
  node,
  held,
}: Pick<RowView, 'node' | 'held'>): { readonly start: number; readonly end: number | null } | null {
  if (node.startedAt === null) return null;
  if (node.finishedAt !== null) return { start: node.startedAt, end: node.finishedAt };
  return isUnderWay(node) && !held ? { start: node.startedAt, end: null } : null;
}
