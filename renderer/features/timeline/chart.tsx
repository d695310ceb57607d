// biome-ignore-all lint/a11y/useSemanticElements: a canvas shows what no element does
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Node } from '../../../engine/api/resources.ts';
import { type Bar, barOf } from '../../state/bar.ts';
import { showNode } from '../../state/execution-actions.ts';
import { nowIn } from '../../state/past.ts';
import { stateInWords } from '../../state/state-look.ts';
import { getRow } from '../../state/table.ts';
import type { Branch, Tree } from '../../state/tree.ts';
import { formatDuration } from '../../ui/duration.ts';
import { focusPane } from '../../ui/focus-pane.ts';
import type { Rows } from '../../ui/tree-grid/rows.ts';
import { draw, type Row } from './draw.ts';
import { axisWidth, HEAD, type Layout, namesWidth, ROW, rowAt, timeAt } from './layout.ts';
import { readPalette } from './palette.ts';
import { nameOf, rowInWords } from './row-in-words.ts';
import styles from './timeline.module.css';
import { useCanvas } from './use-canvas.ts';
import { bringIntoView, everything, pan, type Range, rangeOf, type View, zoom } from './view.ts';

interface ChartProps {
  readonly tree: Tree;
  readonly rows: Rows<Branch>;
  readonly root: Node;
  /** Time passes: what runs grows. */
  readonly live: boolean;
  /** From the start of the execution to its end or to now. */
  readonly whole: () => Range;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly onZoom: (direction: 'in' | 'out') => void;
  /** Rows; -1 for none. */
  readonly selected: number;
  readonly hovered: number;
  readonly onHover: (row: number) => void;
}

/** The bars of one node are reckoned once: it changes as an object whenever anything of it or below it changes. */
const bars = new WeakMap<Node, Bar>();

/** How often what runs is drawn anew: at most 30 times a second, at least once, in between as often as it gets longer by a pixel. */
const OFTEN = 33;
const SELDOM = 1000;

/** The bars, on a canvas, with the keys and the pointer that move in them. */
export function Chart(props: ChartProps) {
  const { tree, rows, root, live, whole, view, selected, hovered } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layout = useRef<Layout>({ width: 1, height: 1, left: 0, range: whole() });
  const drag = useRef<{ readonly x: number; readonly y: number; moved: boolean } | null>(null);
  const [width, setWidth] = useState(1);
  const optionId = useId();

  const rowOf = (index: number): Row | null => {
    const row = rows.at(index);
    const node = row === undefined ? undefined : getRow(tree.nodes, row.item.id);
    if (row === undefined || node === undefined) return null;
    return { node, name: nameOf(node), level: row.level, bar: barFor(tree, row.item, node) };
  };

  const all = whole();
  const { from, to } = rangeOf(view, all);
  const period = live
    ? Math.min(SELDOM, Math.max(OFTEN, (to - from) / axisWidth({ width, left: namesWidth(width) })))
    : null;
  useCanvas(
    frame,
    canvas,
    (context, canvasWidth, height) => {
      const element = frame.current;
      if (element === null) return;
      if (canvasWidth !== width) setWidth(canvasWidth);
      const range = rangeOf(view, whole());
      layout.current = { width: canvasWidth, height, left: namesWidth(canvasWidth), range };
      draw(context, {
        ...layout.current,
        palette: readPalette(element),
        scrollTop: element.scrollTop,
        count: rows.count,
        row: rowOf,
        start: root.createdAt,
        now: root.finishedAt ?? nowIn(root.rootId),
        live,
        selected,
        hovered,
      });
    },
    // A second apart in steps, so that the timer is not made anew with each picture.
    period === null ? null : OFTEN * Math.round(period / OFTEN),
  );
  useWheel(frame, (event) => {
    const element = frame.current;
    if (element === null) return false;
    const { left, top } = element.getBoundingClientRect();
    const fits = element.scrollHeight <= element.clientHeight;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const pixels = event.deltaX === 0 ? event.deltaY : event.deltaX;
      props.onView(pan(view, whole(), (pixels * (to - from)) / axisWidth(layout.current)));
    } else if (event.ctrlKey || event.metaKey || fits || event.clientY - top < HEAD) {
      const at = timeAt(layout.current, event.clientX - left);
      props.onView(zoom(view, whole(), Math.exp(event.deltaY / 300), at));
    } else return false;
    return true;
  });

  const selectedId = rows.at(selected)?.item.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each selection, not with each change
  useLayoutEffect(() => {
    const element = frame.current;
    const row = rowOf(selected);
    if (element === null || row === null) return;
    const top = selected * ROW;
    const room = element.clientHeight - HEAD - ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - room;
    const now = whole();
    props.onView(bringIntoView(view, now, { from: row.bar.from, to: row.bar.to ?? now.to }));
  }, [selectedId]);

  const choose = (index: number) => {
    const branch = rows.at(Math.max(0, Math.min(rows.count - 1, index)))?.item;
    if (branch !== undefined) showNode(branch);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((layout.current.height - HEAD) / ROW) - 1);
    const tenth = (to - from) / 10;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowUp: () => choose(selected - 1),
      ArrowDown: () => choose(selected + 1),
      PageUp: () => choose(selected - page),
      PageDown: () => choose(selected + page),
      Home: () => choose(0),
      End: () => choose(rows.count - 1),
      ArrowLeft: () => props.onView(pan(view, whole(), -tenth)),
      ArrowRight: () => props.onView(pan(view, whole(), tenth)),
      Enter: () => focusPane('inspector'),
      '+': () => props.onZoom('in'),
      '=': () => props.onZoom('in'),
      '-': () => props.onZoom('out'),
      '0': () => props.onView(everything),
    };
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const rowUnder = (event: PointerEvent): number => {
    const element = frame.current;
    if (element === null) return -1;
    return rowAt(event.clientY - element.getBoundingClientRect().top, element.scrollTop, rows.count);
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = drag;
    if (current === null) {
      const row = rowUnder(event);
      if (row !== hovered) props.onHover(row);
      return;
    }
    const dx = event.clientX - current.x;
    if (!current.moved && Math.hypot(dx, event.clientY - current.y) < 4) return;
    drag.current = { x: event.clientX, y: event.clientY, moved: true };
    props.onView(pan(view, whole(), (-dx * (to - from)) / axisWidth(layout.current)));
    if (frame.current !== null) frame.current.scrollTop -= event.clientY - current.y;
  };

  const current = rowOf(selected === -1 ? 0 : selected);
  return (
    <div
      ref={frame}
      role="listbox"
      className={styles.frame}
      tabIndex={0}
      aria-label={summaryOf(root, rows.count)}
      aria-activedescendant={current === null ? undefined : optionId}
      onKeyDown={onKeyDown}
    >
      <div className={styles.content} style={{ height: HEAD + rows.count * ROW }}>
        <canvas
          ref={canvas}
          className={styles.canvas}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, y: event.clientY, moved: false };
          }}
          onPointerMove={onPointerMove}
          onPointerUp={(event) => {
            const row = rowUnder(event);
            if (drag.current?.moved === false && row !== -1) choose(row);
            drag.current = null;
          }}
          onPointerCancel={() => {
            drag.current = null;
          }}
          onPointerLeave={() => props.onHover(-1)}
        />
        {current !== null && (
          <div
            id={optionId}
            role="option"
            tabIndex={-1}
            className="visually-hidden"
            aria-selected={selected !== -1}
            aria-posinset={Math.max(1, selected + 1)}
            aria-setsize={rows.count}
          >
            {rowInWords(current.node)}
          </div>
        )}
      </div>
    </div>
  );
}

function barFor(tree: Tree, branch: Branch, node: Node): Bar {
  const known = bars.get(node);
  if (known !== undefined) return known;
  const children = branch.children.flatMap(({ id }) => getRow(tree.nodes, id) ?? []);
  const bar = barOf(node, children);
  bars.set(node, bar);
  return bar;
}

function summaryOf(root: Node, count: number): string {
  const took = root.finishedAt === null ? '' : `, took ${formatDuration(root.finishedAt - root.createdAt)}`;
  return `Timeline of ${root.name}: ${count === 1 ? 'one row' : `${count} rows`}, ${stateInWords(root)}${took}`;
}

/** React listens to the wheel only passively. @param onWheel whether it was of use: then nothing is scrolled */
function useWheel(frame: { readonly current: HTMLElement | null }, onWheel: (event: WheelEvent) => boolean): void {
  const latest = useRef(onWheel);
  useLayoutEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const listener = (event: WheelEvent) => latest.current(event) && event.preventDefault();
    element.addEventListener('wheel', listener, { passive: false });
    return () => element.removeEventListener('wheel', listener);
  }, [frame]);
}
