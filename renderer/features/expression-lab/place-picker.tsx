import { useId, useMemo } from 'react';
import type { ExecutionSummary, Node } from '../../../engine/api/resources.ts';
import { chooseLabPlace } from '../../state/expression-lab.ts';
import { treeOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import { allRows, getRow } from '../../state/table.ts';
import type { NodeKey } from '../../state/window-state.ts';
import { moment } from '../../ui/moment.ts';
import styles from './expression-lab.module.css';

/** How many executions and tasks can be chosen from; others are reached from their place in the tree. */
const MOST_EXECUTIONS = 50;
const MOST_TASKS = 500;

/** Chooses the execution, and the task in it, of which an expression sees the variables. */
export function PlacePicker({ at }: { readonly at: NodeKey | null }) {
  const list = useStore((state) => state.executions);
  const tree = useStore((state) => (at === null ? null : treeOf(state, at.rootId)));
  const executionId = useId();
  const taskId = useId();
  const executions = useMemo(
    () =>
      list.roots
        .slice(0, MOST_EXECUTIONS)
        .map(({ id }) => getRow(list.rows, id))
        .filter((each): each is ExecutionSummary => each?.kind === 'workflow'),
    [list],
  );
  const places = useMemo(() => (tree === null ? [] : placesIn([...allRows(tree.nodes)], at)), [tree, at]);
  const root = tree === null || at === null ? undefined : getRow(tree.nodes, at.rootId);
  const isListed = at === null || executions.some(({ id }) => id === at.rootId);
  return (
    <div className={styles.picker}>
      <label htmlFor={executionId}>Execution</label>
      <select
        id={executionId}
        value={at?.rootId ?? ''}
        onChange={({ target: { value } }) => chooseLabPlace(value === '' ? null : { rootId: value, id: value })}
      >
        <option value="">None: no variables</option>
        {!isListed && at !== null && <option value={at.rootId}>{root?.name ?? at.rootId}</option>}
        {executions.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}, {moment(each.createdAt)}
          </option>
        ))}
      </select>
      {at !== null && (
        <>
          <label htmlFor={taskId}>Task</label>
          <select
            id={taskId}
            value={at.id}
            onChange={({ target: { value } }) => chooseLabPlace({ rootId: at.rootId, id: value })}
          >
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </>
      )}
    </div>
  );
}

/** Workflow executions and tasks in their order; the one that is chosen is always among them. */
function placesIn(
  nodes: readonly Node[],
  at: NodeKey | null,
): readonly { readonly id: string; readonly name: string }[] {
  const places = nodes
    .filter(({ kind, id }) => kind !== 'action' || id === at?.id)
    .toSorted((a, b) => a.order - b.order);
  const first = places.slice(0, MOST_TASKS);
  const chosen = places.find(({ id }) => id === at?.id);
  return [...first, ...(chosen === undefined || first.includes(chosen) ? [] : [chosen])].map(({ id, kind, name }) => ({
    id,
    name: kind === 'workflow' ? `${name} (the end of the workflow)` : name,
  }));
}
