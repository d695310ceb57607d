import type { Node } from '../../../engine/api/resources.ts';
import type { Bar } from '../../state/bar.ts';
import { type Look, lookOf, looks } from '../../state/state-look.ts';
import { formatDuration, formatSeconds } from '../../ui/duration.ts';
import { type AxisTick, axisTicks } from './axis.ts';
import { firstEndingFrom, HEAD, type Layout, ROW, seenRange, visibleRows, xOf } from './layout.ts';
import type { Palette } from './palette.ts';

/** Everything that one picture needs. */
export interface Scene extends Layout {
  readonly palette: Palette;
  readonly scrollTop: number;
  readonly count: number;
  readonly row: (index: number) => Row | null;
  /** When the execution began, and the time at which what goes on is drawn to end. */
  readonly start: number;
  readonly now: number;
  /** Time passes: the present is marked. */
  readonly live: boolean;
  readonly selected: number;
  readonly hovered: number;
}

export interface Row {
  readonly node: Node;
  readonly name: string;
  /** From 1. */
  readonly level: number;
  readonly bar: Bar;
}

const BAR = 12;
const GROUP = 6;
const INDENT = 12;
const GAP = 6;
const LEAST = 2;
const TICK_GAP = 64;
/** Of what waits, beside what runs. */
const LIGHT = 0.25;

/** Draws what is in view, and looks at nothing else. */
export function draw(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, height, palette, left, scrollTop, count } = scene;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  context.font = `12px ${palette.font}`;

  const [first, end] = visibleRows(scrollTop, height, count);
  const topOf = (index: number) => HEAD + index * ROW - scrollTop;
  drawRow(context, scene, scene.hovered, palette.hover, topOf);
  drawRow(context, scene, scene.selected, palette.selected, topOf);
  drawAxis(context, scene);
  const rows: (readonly [Row, number])[] = [];
  for (let index = first; index < end; index += 1) {
    const row = scene.row(index);
    if (row !== null) rows.push([row, topOf(index)]);
  }
  clipped(context, [0, HEAD, left, height - HEAD], () => {
    for (const [row, top] of rows) drawName(context, scene, row, top);
  });
  clipped(context, [left, HEAD, width - left, height - HEAD], () => {
    for (const [row, top] of rows) drawBar(context, scene, row, top);
  });
  if (scene.selected >= first && scene.selected < end) {
    context.fillStyle = palette.accent;
    context.fillRect(0, Math.max(HEAD, topOf(scene.selected)), 2, ROW);
  }
  drawHead(context, scene);
}

function drawRow(
  context: CanvasRenderingContext2D,
  { width, count }: Scene,
  index: number,
  color: string,
  topOf: (index: number) => number,
): void {
  if (index < 0 || index >= count) return;
  context.fillStyle = color;
  context.fillRect(0, topOf(index), width, ROW);
}

function ticksOf(scene: Scene): readonly AxisTick[] {
  const { from, to } = seenRange(scene);
  return axisTicks({ from: Math.max(from, scene.start), to }, scene.start, scene.width - scene.left, TICK_GAP);
}

function drawAxis(context: CanvasRenderingContext2D, scene: Scene): void {
  const { palette, height, left, live, now } = scene;
  context.globalAlpha = 1;
  context.fillStyle = palette.line;
  for (const { at } of ticksOf(scene)) context.fillRect(Math.round(xOf(scene, at)), HEAD, 1, height - HEAD);
  const present = Math.round(xOf(scene, now));
  if (!live || present < left) return;
  context.fillStyle = palette.accent;
  context.fillRect(present, HEAD, 1, height - HEAD);
}

/** The times above, over whatever has been scrolled beneath them, and the line between names and bars. */
function drawHead(context: CanvasRenderingContext2D, scene: Scene): void {
  const { palette, width, height, left } = scene;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, width, HEAD);
  context.fillStyle = palette.line;
  context.fillRect(0, HEAD - 1, width, 1);
  context.fillRect(left, 0, 1, height);
  context.fillStyle = palette.dim;
  context.font = `11px ${palette.font}`;
  context.fillText('Name', 10, HEAD / 2);
  clipped(context, [left + 1, 0, width - left - 1, HEAD], () => {
    context.fillStyle = palette.dim;
    for (const { at, label } of ticksOf(scene)) {
      const x = Math.round(xOf(scene, at));
      context.fillRect(x, HEAD - 5, 1, 4);
      context.fillText(label, x + 4, HEAD / 2);
    }
  });
}

function drawName(context: CanvasRenderingContext2D, { palette, left }: Scene, row: Row, top: number): void {
  const x = 10 + Math.min((row.level - 1) * INDENT, left / 2);
  context.fillStyle = row.node.kind === 'action' ? palette.dim : palette.text;
  context.fillText(shortened(context, row.name, left - x - GAP), x, top + ROW / 2);
}

function drawBar(context: CanvasRenderingContext2D, scene: Scene, { node, bar }: Row, top: number): void {
  const { palette, now } = scene;
  const seen = seenRange(scene);
  const look = lookOf(node);
  const hue = palette.hues[looks[look].family];
  const end = bar.to ?? Math.max(now, bar.from);
  if (bar.from > seen.to) return;
  const tall = node.kind === 'workflow' ? GROUP : BAR;
  const y = top + (ROW - tall) / 2;
  const right = Math.max(xOf(scene, end), xOf(scene, bar.from) + LEAST);

  context.fillStyle = hue;
  context.globalAlpha = LIGHT;
  fillBar(context, scene, xOf(scene, bar.from), right, y, tall);
  context.globalAlpha = 1;
  let drawn = Number.NEGATIVE_INFINITY;
  for (let index = firstEndingFrom(bar.runs, seen.from); index < bar.runs.length; index += 1) {
    const run = bar.runs[index];
    if (run === undefined || run.from > seen.to) break;
    const to = Math.max(xOf(scene, run.to ?? now), xOf(scene, run.from) + LEAST);
    // Thousands of short ones fall on the same pixel.
    if (to < drawn + 0.5) continue;
    fillBar(context, scene, Math.max(drawn, xOf(scene, run.from)), to, y, tall);
    drawn = to;
  }
  context.fillStyle = palette.text;
  for (const at of bar.attempts) {
    if (at >= seen.from && at <= seen.to) context.fillRect(Math.round(xOf(scene, at)) - 0.5, top + 3, 1.5, ROW - 6);
  }
  if (right >= scene.left) drawEnd(context, scene, node, bar, [right, top + ROW / 2]);
}

/** Behind the bar: a mark for what did not go well, and how long it took. Before the bar where there is no room behind. */
function drawEnd(
  context: CanvasRenderingContext2D,
  scene: Scene,
  node: Node,
  bar: Bar,
  [right, middle]: readonly [number, number],
): void {
  const { palette, width } = scene;
  const look = lookOf(node);
  const text = durationOf(scene, node);
  const mark = marks[look];
  const markWidth = mark === undefined ? 0 : 12;
  const needed = GAP + markWidth + context.measureText(text).width;
  const start = xOf(scene, bar.from);
  const behind = right + needed + GAP <= width;
  if (!behind && start - needed < scene.left) return;
  let x = behind ? right + GAP : start - needed;
  if (mark !== undefined) {
    context.strokeStyle = palette.hues[looks[look].family];
    context.lineWidth = 2;
    context.lineCap = 'round';
    context.beginPath();
    for (const [x1, y1, x2, y2] of mark) {
      context.moveTo(x + x1, middle + y1);
      context.lineTo(x + x2, middle + y2);
    }
    context.stroke();
    x += markWidth;
  }
  context.fillStyle = palette.dim;
  context.fillText(text, x, middle);
}

function durationOf({ now, live }: Scene, { startedAt, createdAt, finishedAt }: Node): string {
  const from = startedAt ?? createdAt;
  if (finishedAt !== null) return formatDuration(finishedAt - from);
  return live ? formatSeconds(now - from) : '';
}

/** Lines in a square of 8 around the middle, so that hue alone tells nothing. */
const marks: Partial<Readonly<Record<Look, readonly (readonly [number, number, number, number])[]>>> = {
  ERROR: [
    [0, -3.5, 7, 3.5],
    [7, -3.5, 0, 3.5],
  ],
  PAUSED: [
    [1.5, -3.5, 1.5, 3.5],
    [5.5, -3.5, 5.5, 3.5],
  ],
  PAUSING: [
    [1.5, -3.5, 1.5, 3.5],
    [5.5, -3.5, 5.5, 3.5],
  ],
  HANDLED: [
    [0, -3.5, 7, 3.5],
    [7, -3.5, 0, 3.5],
  ],
  CANCELLED: [[0, 3.5, 7, -3.5]],
  SKIPPED: [
    [0, 0, 2, 0],
    [5, 0, 7, 0],
  ],
};

/** The canvas has no use for a bar that is far longer than itself. */
function fillBar(
  context: CanvasRenderingContext2D,
  { left, width }: Scene,
  from: number,
  to: number,
  y: number,
  tall: number,
): void {
  const x = Math.max(from, left - 10);
  const end = Math.min(to, width + 10);
  if (end <= x) return;
  context.beginPath();
  context.roundRect(x, y, end - x, tall, Math.min(2, (end - x) / 2));
  context.fill();
}

function clipped(
  context: CanvasRenderingContext2D,
  [x, y, width, height]: readonly [number, number, number, number],
  paint: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  paint();
  context.restore();
}

/** The text with as much of it as has room in so many pixels. */
function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}
