import type { Node, WorkflowNode } from '../../engine/api/resources.ts';

type Interruption = NonNullable<WorkflowNode['interruption']>;

/** How the execution was taken up after Windrose had ended while it ran; null when that never happened. */
export function interruptionOf(node: Node): Interruption | null {
  return node.kind === 'workflow' ? (node.interruption ?? null) : null;
}

/** In one line: "Windrose had ended while it ran; 1 action was run again". */
export function interruptionInWords(interruption: Interruption): string {
  const done = whatWasDone(interruption);
  return `Windrose had ended while it ran; ${done.length === 0 ? 'it went on by itself' : done.join(', ')}`;
}

function whatWasDone({ repeated, failed, timers }: Interruption): readonly string[] {
  return [
    ...(repeated > 0 ? [`${counted(repeated, 'action was', 'actions were')} run again`] : []),
    ...(failed > 0 ? [`${counted(failed, 'action', 'actions')} ended in an error`] : []),
    ...(timers > 0 ? [`${counted(timers, 'delay', 'delays')} went on`] : []),
  ];
}

function counted(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
