import { ListTree, Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { pathTo, treeOf } from '../../state/nodes.ts';
import { nowIn, pastOf } from '../../state/past.ts';
import { isUnderWay } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { getRow } from '../../state/table.ts';
import type { Branch, Tree } from '../../state/tree.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Message } from '../../ui/message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { Rows } from '../../ui/tree-grid/rows.ts';
import { Chart } from './chart.tsx';
import { RowFacts } from './row-facts.tsx';
import styles from './timeline.module.css';
import { timelineRows } from './timeline-rows.ts';
import { everything, type Range, rangeOf, type View, zoom } from './view.ts';

/** One step of the buttons and keys. */
const STEP = 1.5;

/** When each task of an execution waited and when it ran, on one axis. */
export function Timeline({ rootId }: { readonly rootId: string }) {
  const tree = useStore((state) => treeOf(state, rootId));
  const watch = useStore((state) => state.watches.get(rootId));
  if (tree !== null) return <Loaded tree={tree} />;
  if (watch?.status === 'failed') return <Message title="The timeline cannot be shown">{watch.message}</Message>;
  if (watch === undefined)
    return <Message title="There is no timeline here">An action that runs alone has none.</Message>;
  return <Skeleton label="Loading the timeline" />;
}

function Loaded({ tree }: { readonly tree: Tree }) {
  const root = getRow(tree.nodes, tree.root.id);
  const [each, setEach] = useState(false);
  const [view, setView] = useState<View>(everything);
  const [hovered, setHovered] = useState(-1);
  /** The rows outlive many states of the nodes, and must not keep them. */
  const nodes = useRef(tree.nodes);
  nodes.current = tree.nodes;
  const rows = useMemo(() => timelineRows(tree.root, (id) => getRow(nodes.current, id)?.kind, each), [tree.root, each]);
  const past = useStore((state) => pastOf(state, tree.root.rootId) !== null);
  const selected = useSelectedRow(rows, tree.root.rootId);
  if (root === undefined) return null;

  /** As it is now: while something runs, it grows. */
  const whole = (): Range => ({
    from: root.createdAt,
    to: Math.max(root.createdAt + 1, root.finishedAt ?? nowIn(root.rootId)),
  });
  const zoomBy = (factor: number) => {
    setView((now) => {
      const all = whole();
      const { from, to } = rangeOf(now, all);
      return zoom(now, all, factor, (from + to) / 2);
    });
  };
  const at = rows.at(hovered === -1 ? selected : hovered)?.item;
  const shown = at === undefined ? undefined : getRow(tree.nodes, at.id);
  return (
    <div className={styles.timeline}>
      <div className={styles.bar}>
        <Button
          kind="quiet"
          icon={<ListTree aria-hidden="true" />}
          aria-pressed={each}
          title="A row for each attempt and each item"
          onClick={() => setEach(!each)}
        >
          Attempts and items
        </Button>
        <span className={styles.zoom}>
          <IconButton label="Zoom out" shortcut="-" disabled={view.span === null} onClick={() => zoomBy(STEP)}>
            <ZoomOut aria-hidden="true" />
          </IconButton>
          <IconButton label="Zoom in" shortcut="+" onClick={() => zoomBy(1 / STEP)}>
            <ZoomIn aria-hidden="true" />
          </IconButton>
          <IconButton
            label="Show all of it"
            shortcut="0"
            disabled={view.span === null}
            onClick={() => setView(everything)}
          >
            <Maximize2 aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <Chart
        tree={tree}
        rows={rows}
        root={root}
        live={isUnderWay(root) && !past}
        whole={whole}
        view={view}
        onView={setView}
        onZoom={(direction) => zoomBy(direction === 'in' ? 1 / STEP : STEP)}
        selected={selected}
        hovered={hovered}
        onHover={setHovered}
      />
      <div className={styles.facts} aria-hidden="true">
        {shown !== undefined && <RowFacts node={shown} />}
      </div>
    </div>
  );
}

/** The row of what is selected, or of the nearest thing above it that has a row. */
function useSelectedRow(rows: Rows<Branch>, rootId: string): number {
  const hint = useRef(0);
  const path = useStore(
    useShallow((state) => (state.selected?.rootId === rootId ? pathTo(state, state.selected).map(({ id }) => id) : [])),
  );
  for (const id of path.toReversed()) {
    const row = rows.indexOf(id, hint.current);
    if (row === -1) continue;
    hint.current = row;
    return row;
  }
  return -1;
}
