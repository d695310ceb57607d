import { useMemo } from 'react';
import type { ActionNode, Node, WorkflowNode } from '../../../engine/api/resources.ts';
import { select } from '../../state/execution-actions.ts';
import { treeOf } from '../../state/nodes.ts';
import { lookOf, stateInWords } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { allRows, getRow, type Table } from '../../state/table.ts';
import { Glyph } from '../../ui/glyph.tsx';
import styles from './inspector.module.css';

/** More than these are only counted. */
const LISTED = 8;

/** What keeps a workflow execution from being paused: the actions that were running when it was asked to pause. */
export function StillRunning({ workflow }: { readonly workflow: WorkflowNode }) {
  const nodes = useStore((state) => treeOf(state, workflow.rootId)?.nodes ?? null);
  const running = useMemo(() => (nodes === null ? [] : runningBelow(nodes, workflow.id)), [nodes, workflow.id]);
  return (
    <div className={styles.reason} data-family="attention">
      <Glyph name="bars-ring" family="attention" />
      <div className={styles.reasonText}>
        <p>{stateInWords(workflow)}. No new action starts.</p>
        <ul>
          {running.map(({ action, task }) => (
            <li key={action.id}>
              <button type="button" className={styles.step} onClick={() => select(action)}>
                {labelOf(action, task)}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface Running {
  readonly action: ActionNode;
  readonly task: Node | null;
}

function labelOf(action: ActionNode, task: Node | null): string {
  const item = action.index === null ? '' : ` [${action.index}]`;
  return task === null ? action.name : `${task.name}${item}: ${action.name}`;
}

function runningBelow(nodes: Table<Node>, workflowId: string): readonly Running[] {
  const found: Running[] = [];
  for (const node of allRows(nodes)) {
    if (node.kind !== 'action' || lookOf(node) !== 'RUNNING' || !isBelow(nodes, node, workflowId)) continue;
    found.push({ action: node, task: getRow(nodes, node.parentId ?? '') ?? null });
    if (found.length === LISTED) break;
  }
  return found;
}

function isBelow(nodes: Table<Node>, node: Node, ancestor: string): boolean {
  for (let id = node.parentId; id !== null; id = getRow(nodes, id)?.parentId ?? null) if (id === ancestor) return true;
  return false;
}
