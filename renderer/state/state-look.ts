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

/** The five hues. Which is which stands in tokens.css. */
export type Family = 'inert' | 'active' | 'attention' | 'good' | 'bad';

/** The word for a state and the family of its hue. The glyph is drawn by features that show states. */
export const looks: Readonly<Record<Look, { readonly word: string; readonly family: Family }>> = {
  IDLE: { word: 'Not started', family: 'inert' },
  WAITING: { word: 'Waiting', family: 'inert' },
  RUNNING: { word: 'Running', family: 'active' },
  RUNNING_DELAYED: { word: 'Delayed', family: 'active' },
  PAUSED: { word: 'Paused', family: 'attention' },
  PAUSING: { word: 'Pausing', family: 'attention' },
  SUCCESS: { word: 'Succeeded', family: 'good' },
  ERROR: { word: 'Failed', family: 'bad' },
  HANDLED: { word: 'Failed, handled', family: 'bad' },
  CANCELLED: { word: 'Cancelled', family: 'inert' },
  SKIPPED: { word: 'Skipped', family: 'inert' },
};

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
