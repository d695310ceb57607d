import type { Node } from '../../engine/api/resources.ts';

/** The states that are shown: Mistral's, and two that are derived from them. */
export type Look =
  | 'IDLE'
  | 'WAITING'
  | 'RUNNING'
  | 'RUNNING_DELAYED'
  | 'PAUSED'
  | 'PAUSING'
  | 'SUCCESS'
  | 'ERROR'
  | 'HANDLED'
  | 'CANCELLED'
  | 'SKIPPED';

/**
 * How each state is shown: a glyph and a hue of ui/glyph.tsx, and always a word. ux.md has the table and the measured
 * colours.
 */
export const looks = {
  IDLE: { glyph: 'circle', family: 'inert', word: 'Not started' },
  WAITING: { glyph: 'hourglass', family: 'inert', word: 'Waiting' },
  RUNNING: { glyph: 'ring', family: 'active', word: 'Running' },
  RUNNING_DELAYED: { glyph: 'clock', family: 'active', word: 'Delayed' },
  PAUSED: { glyph: 'bars', family: 'attention', word: 'Paused' },
  PAUSING: { glyph: 'bars-ring', family: 'attention', word: 'Pausing' },
  SUCCESS: { glyph: 'check', family: 'good', word: 'Succeeded' },
  ERROR: { glyph: 'cross', family: 'bad', word: 'Failed' },
  HANDLED: { glyph: 'octagon', family: 'bad', word: 'Failed, handled' },
  CANCELLED: { glyph: 'slash', family: 'inert', word: 'Cancelled' },
  SKIPPED: { glyph: 'dashes', family: 'inert', word: 'Skipped' },
} as const satisfies Readonly<Record<Look, object>>;

/** What most needs a look first: the order in which states are counted on a collapsed row. */
export const worstFirst: readonly Look[] = [
  'ERROR',
  'PAUSING',
  'PAUSED',
  'RUNNING',
  'RUNNING_DELAYED',
  'WAITING',
  'IDLE',
  'HANDLED',
  'CANCELLED',
  'SKIPPED',
  'SUCCESS',
];

export function lookOf(node: Node): Look {
  if (node.kind === 'workflow' && node.state === 'PAUSED' && node.runningActions > 0) return 'PAUSING';
  if (node.kind === 'task' && node.state === 'ERROR' && node.errorHandled) return 'HANDLED';
  if (node.kind === 'action' && node.hasBegun === false) return 'WAITING';
  return node.state;
}

/** The state as a person says it: "Pausing: 3 still running". */
export function stateInWords(node: Node): string {
  const look = lookOf(node);
  const { word } = looks[look];
  return look === 'PAUSING' && node.kind === 'workflow' ? `${word}: ${node.runningActions} still running` : word;
}

/** Whether time passes for it: its duration grows and it may change by itself. */
export function isUnderWay(node: Node): boolean {
  const look = lookOf(node);
  return look === 'RUNNING' || look === 'RUNNING_DELAYED' || look === 'PAUSING';
}
