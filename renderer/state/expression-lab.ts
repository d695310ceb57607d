import type { Output } from '../../engine/api/methods.ts';
import { call, type Reply } from './client.ts';
import { select } from './execution-actions.ts';
import { update } from './store.ts';
import type { NodeKey } from './window-state.ts';

/** Goes to the expression lab, at this place of an execution. */
export function tryExpressionAt(key: NodeKey): void {
  chooseLabPlace(key);
  update(({ visits }) => ({ place: 'expressions', visits: visits + 1 }));
}

/** The execution is selected too, so that its tasks are known. Null: without any variables. */
export function chooseLabPlace(key: NodeKey | null): void {
  update(() => ({ labPlace: key }));
  if (key !== null) select(key);
}

export function evaluateExpression(text: string, at: NodeKey | null): Promise<Reply<Output<'expressions.evaluate'>>> {
  return call('expressions.evaluate', { text, at: at === null ? null : { rootId: at.rootId, id: at.id } });
}
