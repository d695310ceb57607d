import { pathTo } from '../../state/nodes.ts';
import type { NodeKey, WindowState } from '../../state/window-state.ts';
import { placeId, scopeIn } from './graph-model.ts';
import type { Opened } from './level.ts';

type Selected = Pick<WindowState, 'watches' | 'executions' | 'selected' | 'picked'>;

/**
 * The place of what is selected in the graph of a workflow execution; null when that is the execution itself. What is in a
 * nested execution has a place only if that is open, and shown by itself or together with others.
 */
export function selectedPlace(state: Selected, root: NodeKey, opened: Opened): string | null | 'elsewhere' {
  const { selected, picked } = state;
  if (selected === null || selected.rootId !== root.rootId) return 'elsewhere';
  const path = pathTo(state, selected);
  const start = path.findIndex(({ id }) => id === root.id);
  if (start === -1) return 'elsewhere';
  let scope = '';
  let place: string | null = null;
  for (const node of path.slice(start + 1)) {
    if (node.kind === 'task') place = placeId(node.name, scope);
    else if (node.kind === 'workflow') {
      const pick = place === null ? undefined : opened.get(place);
      if (place === null || (pick !== 'all' && pick !== node.id)) return 'elsewhere';
      scope = scopeIn(place);
    }
  }
  return picked?.workflowId === selected.id ? placeId(picked.name, scope) : place;
}
