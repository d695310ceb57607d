import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Node } from '../../../engine/api/resources.ts';
import { type Bucket, isBucket, rowsBelow } from '../../state/buckets.ts';
import { obeyRow } from '../../state/commands.ts';
import {
  expandToDepth,
  expansionOf,
  goToFailed,
  goToSibling,
  isExpanded,
  loadAllExecutions,
  loadMoreExecutions,
  select,
  setExpanded,
  showAlone,
} from '../../state/execution-actions.ts';
import { toggleFollowing } from '../../state/follow.ts';
import { clearMarks, markAll, markBetween, toggleMark } from '../../state/marks.ts';
import { commandLooks, commandsFor, type NodeCommand } from '../../state/node-commands.ts';
import { isAbove, keptBelow } from '../../state/node-filter.ts';
import { isHeld, loadingOf, nodeOf, rollupOf, rootsOf } from '../../state/nodes.ts';
import { progressOf, waitsOf } from '../../state/progress.ts';
import { questionOf } from '../../state/questions.ts';
import { countsAsText } from '../../state/state-counts.ts';
import { getState, useStore } from '../../state/store.ts';
import type { Branch } from '../../state/tree.ts';
import { keyOf, togglePause } from '../../state/window-commands.ts';
import { CommandIcon } from '../../ui/command-icon.tsx';
import { focusPane } from '../../ui/focus-pane.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { MenuPlace } from '../../ui/menu.tsx';
import { printed } from '../../ui/shortcut.ts';
import { Rows } from '../../ui/tree-grid/rows.ts';
import { TreeGrid } from '../../ui/tree-grid/tree-grid.tsx';
import { columns } from './columns.tsx';
import { RowMenu } from './row-menu.tsx';
import { nameOfRow, type RowView, spareView } from './row-view.ts';
import { useMatches } from './use-matches.ts';

/** The executions and what they are made of, in one tree grid. */
export function ExecutionGrid() {
  const { executions, watches, questions, commands, selected, opened, marked } = useStore(
    useShallow((state) => ({
      executions: state.executions,
      watches: state.watches,
      questions: state.questions,
      commands: state.commands,
      selected: state.selected,
      opened: state.opened,
      marked: state.marked,
    })),
  );
  const rows = useRows();
  const [menu, setMenu] = useState<{ readonly branch: Branch; readonly place: MenuPlace } | null>(null);

  // One came here from something that is gone (a dialog, a row of the library): the keyboard would be nowhere.
  useEffect(() => {
    if (document.activeElement === document.body) focusPane('executions');
  }, []);

  const viewOf = (branch: Branch, expanded: boolean): RowView | null => {
    const state = { executions, watches, questions };
    const bucket = isBucket(branch) ? branch : null;
    const node = nodeOf(state, bucket === null ? branch : { rootId: branch.rootId, id: bucket.parentId });
    const root = nodeOf(state, { rootId: branch.rootId, id: branch.rootId });
    if (node === null || root === null) return null;
    const parent = node.parentId === null ? null : nodeOf(state, { rootId: node.rootId, id: node.parentId });
    const last = bucket === null ? lastOf(state, branch) : null;
    const watch = branch.id === branch.rootId && expanded ? watches.get(branch.rootId) : undefined;
    return {
      node,
      collapsed: !expanded,
      bucket,
      bucketCounts: bucket === null ? '' : countsAsText(membersOf(state, bucket)),
      held: isHeld(state, node),
      asks: bucket === null && questions.length > 0 && questionOf(state, node) !== null,
      waits: waitsOf(node, last),
      progress: bucket === null ? progressOf(node, last) : null,
      isAttempt: node.kind === 'action' && parent?.kind === 'task' && parent.attempt !== null,
      rollup: rollupOf(state, branch),
      tree: watch?.status === 'loading' ? 'loading' : watch?.status === 'failed' ? { failed: watch.message } : 'here',
      loading: branch.id === branch.rootId ? loadingOf(state, branch.rootId) : null,
      commands: bucket === null ? commandsOnRow(state, node) : '',
      pending: commands.has(branch.id),
      axisFrom: root.createdAt,
      axisTo: root.finishedAt,
      children: branch.children,
    };
  };

  return (
    <>
      <TreeGrid
        label="Executions"
        rows={rows}
        columns={columns}
        spare={spareView}
        viewOf={viewOf}
        nameOf={nameOfRow}
        actions={Actions}
        selectedId={selected?.id ?? null}
        onSelect={(branch) => (branch !== null && isBucket(branch) ? undefined : select(branch))}
        onOpen={(branch, level, expanded) => {
          if (isBucket(branch)) return setExpanded(branch, level, !expanded);
          select(branch);
          queueMicrotask(() => focusPane('inspector'));
        }}
        onExpand={(branch, level, expanded) => setExpanded(branch, level, expanded)}
        onKey={onKey}
        {...(opened === null && { rootCount: executions.total, onNearEnd: loadMoreExecutions })}
        {...(opened === null && executions.next !== null && { loadRest: loadAllExecutions })}
        marked={marked}
        onMark={mark}
        onMenu={(branch, place) => !isBucket(branch) && setMenu({ branch, place })}
      />
      {menu !== null && <RowMenu {...menu} onClose={() => setMenu(null)} />}
    </>
  );
}

/** What is laid out changes when nodes are added, rows are opened or looked for, not when nodes change their state. */
function useRows(): Rows<Branch> {
  const roots = useStore(useShallow((state) => rootsOf(state).filter(({ id }) => shows(state.opened, id))));
  const expansions = useStore((state) => state.expansions);
  const matches = useMatches();
  return useMemo(() => {
    let rootId = '';
    let expansion = expansionOf({ expansions }, rootId);
    const expansionIn = (branch: Branch) => {
      if (branch.rootId !== rootId) {
        rootId = branch.rootId;
        expansion = expansionOf({ expansions }, rootId);
      }
      return expansion;
    };
    if (matches === null) {
      return new Rows(roots, (branch, level) => isExpanded(expansionIn(branch), branch.id, level), rowsBelow);
    }
    return new Rows(
      roots,
      (branch) => isAbove(matches, branch) || expansionIn(branch).toggled.has(branch.id),
      (branch) => keptBelow(matches, branch),
    );
  }, [roots, expansions, matches]);
}

function lastOf(state: Parameters<typeof nodeOf>[0], { children }: Branch): Node | null {
  const last = children.at(-1);
  return last === undefined ? null : nodeOf(state, last);
}

function shows(opened: string | null, id: string): boolean {
  return opened === null || opened === id;
}

function membersOf(state: Parameters<typeof nodeOf>[0], { members }: Bucket): readonly Node[] {
  return members.flatMap((member) => nodeOf(state, member) ?? []);
}

/** As one text, so that two rows with the same commands are seen to be the same. */
function commandsOnRow(state: Parameters<typeof commandsFor>[0], node: Node): string {
  return commandsFor(state, node)
    .filter((what) => commandLooks[what].onRow)
    .join(' ');
}

function Actions({ node, commands, pending }: RowView) {
  if (commands === '') return null;
  return (commands.split(' ') as NodeCommand[]).map((what) => {
    const { title, icon } = commandLooks[what];
    const togglesPause = what === 'pause' || what === 'resume';
    return (
      <IconButton
        key={togglesPause ? 'toggle' : what}
        label={`${title.replace('…', '')} ${node.name}`}
        {...(togglesPause && { shortcut: printed(keyOf('togglePause')) })}
        tabIndex={-1}
        disabled={pending}
        onClick={() => obeyRow(what, node)}
      >
        <CommandIcon name={icon} />
      </IconButton>
    );
  });
}

/** Only executions can be chosen; a row inside of one stands for it. */
function mark({ rootId }: Branch, from: Branch | null): void {
  if (from === null) toggleMark(rootId);
  else markBetween(from.rootId, rootId);
}

function follow(rootId: string): void {
  if (getState().selected?.rootId !== rootId) select({ rootId, id: rootId });
  toggleFollowing();
}

function onKey(event: KeyboardEvent, { rootId }: Branch): boolean {
  if (event.ctrlKey || event.metaKey) {
    if (event.key === '.') togglePause(rootId);
    else if (event.key === 'a') markAll();
    else return false;
    return true;
  }
  if (event.key === 'Escape' && getState().marked.size > 0) {
    clearMarks();
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
  else if (event.key === 'f') follow(rootId);
  else if (event.key === 'o') showAlone(getState().opened === null ? rootId : null);
  else return false;
  return true;
}
