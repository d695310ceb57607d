import type { Node } from '../../engine/api/resources.ts';
import { isCompleted } from '../../engine/model/states.ts';
import { nodeOf, treeOf } from './nodes.ts';
import { questionOf } from './questions.ts';
import { allRows } from './table.ts';
import type { WindowState } from './window-state.ts';

/** What a person can ask of one row of the tree. */
export type NodeCommand =
  | 'answer'
  | 'allow'
  | 'pause'
  | 'resume'
  | 'resumeWith'
  | 'rerun'
  | 'skip'
  | 'runAgain'
  | 'completeAction'
  | 'failAction'
  | 'pauseAction'
  | 'resumeAction'
  | 'cancel'
  | 'delete';

interface CommandLook {
  readonly title: string;
  readonly icon:
    | 'answer'
    | 'allow'
    | 'pause'
    | 'play'
    | 'repeat'
    | 'skip'
    | 'copy'
    | 'check'
    | 'fail'
    | 'ban'
    | 'trash'
    | 'settings';
  /** Shown on the row itself; the others are in its menu only. */
  readonly onRow: boolean;
}

/** A title that ends in an ellipsis asks or shows something first. */
export const commandLooks: { readonly [C in NodeCommand]: CommandLook } = {
  answer: { title: 'Answer…', icon: 'answer', onRow: true },
  allow: { title: 'Allow…', icon: 'allow', onRow: true },
  pause: { title: 'Pause', icon: 'pause', onRow: true },
  resume: { title: 'Resume', icon: 'play', onRow: true },
  resumeWith: { title: 'Resume with another environment…', icon: 'settings', onRow: false },
  rerun: { title: 'Rerun…', icon: 'repeat', onRow: true },
  skip: { title: 'Skip…', icon: 'skip', onRow: true },
  runAgain: { title: 'Run again…', icon: 'copy', onRow: false },
  completeAction: { title: 'Complete…', icon: 'check', onRow: true },
  failAction: { title: 'Fail…', icon: 'fail', onRow: true },
  pauseAction: { title: 'Pause this action', icon: 'pause', onRow: false },
  resumeAction: { title: 'Resume this action', icon: 'play', onRow: true },
  cancel: { title: 'Cancel…', icon: 'ban', onRow: true },
  delete: { title: 'Delete…', icon: 'trash', onRow: false },
};

type Nodes = Pick<WindowState, 'watches' | 'executions'>;
type Asked = Nodes & Pick<WindowState, 'questions'>;

/**
 * What can be asked of this node as it is now, in the order of a menu. What is nested follows its root execution. Nothing
 * is asked of what is shown as it was.
 */
export function commandsFor(state: Asked, node: Node): readonly NodeCommand[] {
  const watch = state.watches.get(node.rootId);
  if (watch?.status === 'loaded' && watch.past !== undefined) return [];
  const isAsking = questionOf(state, node) !== null;
  switch (node.kind) {
    case 'workflow':
      if (node.parentId !== null) return [];
      return isAsking ? ['answer', ...ofExecution(state, node)] : ofExecution(state, node);
    case 'task':
      if (isAsking) return ['answer'];
      if (!canRepeat(state, node)) return [];
      return node.wantsTrust === true ? ['allow', 'rerun', 'skip'] : ['rerun', 'skip'];
    case 'action':
      return isAsking ? ['answer'] : ofAction(node);
  }
}

function ofExecution(state: Nodes, node: Extract<Node, { kind: 'workflow' }>): readonly NodeCommand[] {
  switch (node.state) {
    case 'RUNNING':
      return ['pause', 'runAgain', 'cancel'];
    case 'PAUSED':
      return ['resume', 'resumeWith', 'runAgain', 'cancel'];
    case 'ERROR':
      return hasFailedTask(state, node) ? ['rerun', 'runAgain', 'delete'] : ['runAgain', 'delete'];
    default:
      return ['runAgain', 'delete'];
  }
}

/** Only what is completed from outside can be completed, failed or paused by a person. */
function ofAction({ parentId, state, isSync }: Extract<Node, { kind: 'action' }>): readonly NodeCommand[] {
  if (isCompleted(state)) return parentId === null ? ['delete'] : [];
  if (isSync !== false) return [];
  return ['completeAction', 'failAction', state === 'PAUSED' ? 'resumeAction' : 'pauseAction'];
}

/** As the engine decides: a task in ERROR, in a workflow execution that ended in ERROR. */
function canRepeat(state: Nodes, node: Node): boolean {
  if (node.kind !== 'task' || node.state !== 'ERROR' || node.parentId === null) return false;
  return nodeOf(state, { rootId: node.rootId, id: node.parentId })?.state === 'ERROR';
}

function hasFailedTask(state: Nodes, root: Extract<Node, { kind: 'workflow' }>): boolean {
  return (root.taskCounts.ERROR ?? 0) > 0 || repeatableTasks(state, root.id, 1).length > 0;
}

/**
 * The tasks of an execution that can be run again: those whose failure nobody handled before the others, the deepest of
 * them first, since what is around it goes on by itself.
 */
export function repeatableTasks(
  state: Nodes,
  rootId: string,
  most: number,
): readonly Extract<Node, { kind: 'task' }>[] {
  const tree = treeOf(state, rootId);
  if (tree === null) return [];
  const found: Extract<Node, { kind: 'task' }>[] = [];
  for (const node of allRows(tree.nodes)) {
    if (node.kind !== 'task' || !canRepeat(state, node)) continue;
    found.push(node);
    if (found.length === most) break;
  }
  const rank = (task: Extract<Node, { kind: 'task' }>) => (task.errorHandled ? 1 : 0);
  return found.sort((a, b) => rank(a) - rank(b) || b.order - a.order);
}
