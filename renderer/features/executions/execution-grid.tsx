import { Ban, Pause, Play } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { askToCancel, command, commandsFor } from '../../state/commands.ts';
import {
  expandToDepth,
  expansionOf,
  goToFailed,
  goToSibling,
  isExpanded,
  loadMoreExecutions,
  select,
  setExpanded,
} from '../../state/execution-actions.ts';
import { isHeld, nodeOf, rollupOf, rootsOf } from '../../state/nodes.ts';
import { getState, useStore } from '../../state/store.ts';
import type { Branch } from '../../state/tree.ts';
import { togglePause } from '../../state/window-commands.ts';
import { focusPane } from '../../ui/focus-pane.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { shortcut } from '../../ui/shortcut.ts';
import { type FlatRows, flatten } from '../../ui/tree-grid/flatten.ts';
import { TreeGrid } from '../../ui/tree-grid/tree-grid.tsx';
import { columns } from './columns.tsx';
import { nameOfRow, type RowView } from './row-view.ts';

/** The executions and what they are made of, in one tree grid. */
export function ExecutionGrid() {
  const { executions, watches, commands, selected } = useStore(
    useShallow((state) => ({
      executions: state.executions,
      watches: state.watches,
      commands: state.commands,
      selected: state.selected,
    })),
  );
  const rows = useRows();

  // One came here from something that is gone (a dialog, a row of the library): the keyboard would be nowhere.
  useEffect(() => {
    if (document.activeElement === document.body) focusPane('executions');
  }, []);

  const viewOf = (branch: Branch, expanded: boolean): RowView | null => {
    const node = nodeOf({ executions, watches }, branch);
    if (node === null) return null;
    const watch = branch.id === branch.rootId && expanded ? watches.get(branch.rootId) : undefined;
    return {
      node,
      collapsed: !expanded,
      held: isHeld({ executions, watches }, node),
      rollup: rollupOf({ watches }, branch),
      tree: watch?.status === 'loading' ? 'loading' : watch?.status === 'failed' ? { failed: watch.message } : 'here',
      command: commands.get(branch.id),
    };
  };

  return (
    <TreeGrid
      label="Executions"
      rows={rows}
      columns={columns}
      viewOf={viewOf}
      nameOf={nameOfRow}
      actions={Actions}
      selectedId={selected?.id ?? null}
      onSelect={select}
      onOpen={(branch) => {
        select(branch);
        queueMicrotask(() => focusPane('inspector'));
      }}
      onExpand={(branch, level, expanded) => setExpanded(branch, level, expanded)}
      onKey={onKey}
      rootCount={executions.total}
      onNearEnd={loadMoreExecutions}
    />
  );
}

/** What is laid out changes when nodes are added and rows are opened, not when nodes change their state. */
function useRows(): FlatRows<Branch> {
  const roots = useStore(useShallow(rootsOf));
  const expansions = useStore((state) => state.expansions);
  return useMemo(() => {
    let rootId = '';
    let expansion = expansionOf({ expansions }, rootId);
    return flatten(roots, (branch, level) => {
      if (branch.rootId !== rootId) {
        rootId = branch.rootId;
        expansion = expansionOf({ expansions }, rootId);
      }
      return isExpanded(expansion, branch.id, level);
    });
  }, [roots, expansions]);
}

function Actions({ node, command: pending }: RowView) {
  const { rootId, id } = node;
  return commandsFor(node).map((what) =>
    what === 'cancel' ? (
      <IconButton key={what} label={`Cancel ${node.name}`} onClick={() => askToCancel({ rootId, id })}>
        <Ban aria-hidden="true" />
      </IconButton>
    ) : (
      <IconButton
        key="toggle"
        label={`${what === 'pause' ? 'Pause' : 'Resume'} ${node.name}`}
        shortcut={shortcut('.')}
        disabled={pending !== undefined}
        onClick={() => void command(id, what)}
      >
        {what === 'pause' ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
      </IconButton>
    ),
  );
}

function onKey(event: KeyboardEvent, { rootId }: Branch): boolean {
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== '.') return false;
    togglePause(rootId);
    return true;
  }
  if (event.key === 'Escape' && getState().selected !== null) {
    select(null);
    return true;
  }
  const depth = Number(event.key);
  if (event.key === 'e') expandToDepth(rootId, Number.POSITIVE_INFINITY);
  else if (event.key === 'w') expandToDepth(rootId, 1);
  else if (depth >= 1 && depth <= 9) expandToDepth(rootId, depth);
  else if (event.key === 'n') goToFailed(1);
  else if (event.key === 'N') goToFailed(-1);
  else if (event.key === '[') goToSibling(1);
  else if (event.key === ']') goToSibling(-1);
  else return false;
  return true;
}
