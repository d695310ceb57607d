import type { Node } from '../../engine/api/resources.ts';
import { call } from './client.ts';
import { getState, update } from './store.ts';
import type { Command, NodeKey } from './window-state.ts';

/** What can be asked of this node now: of an execution as a whole, what is nested in it follows. */
export function commandsFor(node: Node): readonly Command[] {
  if (node.kind !== 'workflow' || node.parentId !== null) return [];
  switch (node.state) {
    case 'RUNNING':
      return ['pause', 'cancel'];
    case 'PAUSED':
      return ['resume', 'cancel'];
    default:
      return [];
  }
}

/** Asks for it. What comes of it is seen in the tree; a refusal is told in a notice. */
export async function command(id: string, what: Command): Promise<void> {
  if (getState().commands.has(id)) return;
  update(({ commands }) => ({ commands: new Map(commands).set(id, what) }));
  const reply = await call(`executions.${what}`, { id });
  update(({ commands }) => {
    const rest = new Map(commands);
    rest.delete(id);
    return { commands: rest, notice: reply.ok ? null : { kind: 'error', message: reply.error.message } };
  });
}

/** Cancelling cannot be undone: the person is asked first. */
export function askToCancel(target: NodeKey): void {
  update(() => ({ cancelTarget: target }));
}

export function closeCancel(): void {
  update(() => ({ cancelTarget: null }));
}
