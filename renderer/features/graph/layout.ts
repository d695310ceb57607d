import { layout as dagre, Graph } from '@dagrejs/dagre';
import type { GraphModel, Link, Place } from './graph-model.ts';

/** In pixels. */
const HEIGHT = 48;
const COMMAND = { width: 76, height: 24 };
const NARROWEST = 136;
const WIDEST = 208;
const LABEL_HEIGHT = 18;
const LONGEST_LABEL = 24;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything is drawn, in pixels from the upper left corner. It can be sent from a worker. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Places by their ids, from top to bottom and then from left to right: nobody comes before what leads there. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** Links by their ids. */
  readonly lines: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label: Box | null }>;
}

/** Lays a graph out from top to bottom. Takes seconds for thousands of tasks. */
export function layOut({ places, links }: GraphModel): GraphLayout {
  const graph = new Graph({ directed: true, multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 16, edgesep: 12, ranksep: 36, marginx: 24, marginy: 24 });
  for (const place of places) graph.setNode(place.id, { ...sizeOf(place) });
  for (const link of links) {
    const text = labelOf(link);
    const label = text === null ? { width: 0, height: 0 } : { width: widthOfLabel(text), height: LABEL_HEIGHT };
    graph.setEdge(link.from, link.to, { ...label, labelpos: 'c' }, link.id);
  }
  dagre(graph);

  const boxes = places.map(({ id }) => [id, boxOf(graph.node(id))] as const);
  boxes.sort(([, a], [, b]) => a.y + a.height / 2 - b.y - b.height / 2 || a.x - b.x);
  const byId = new Map(boxes);
  const lines = links.map((link) => {
    const { points = [], ...label } = graph.edge(link.from, link.to, link.id);
    return [
      link.id,
      { points: docked(link, points, byId), label: labelOf(link) === null ? null : boxOf(label) },
    ] as const;
  });
  const { width = 0, height = 0 } = graph.graph();
  return { width, height, boxes: byId, lines: new Map(lines) };
}

/** What stands on a link; null on one that is taken whenever the task succeeds. */
export function labelOf({ clause, guard }: Pick<Link, 'clause' | 'guard'>): string | null {
  const word = clause === 'success' || clause === 'requires' ? [] : [clause];
  const text = [...word, ...(guard === null ? [] : [`if ${bare(guard)}`])].join(', ');
  if (text === '') return null;
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}

function bare(expression: string): string {
  return expression.replace(/^\s*(<%|\{\{)\s*|\s*(%>|\}\})\s*$/g, '').replace(/\s+/g, ' ');
}

function widthOfLabel(text: string): number {
  return Math.ceil(text.length * 6.2) + 24;
}

function sizeOf(place: Place): { readonly width: number; readonly height: number } {
  if (place.kind === 'command') return COMMAND;
  const { name, runs, join, withItems } = place.task;
  // The first line has a glyph and a count, the second one the word of the state before what runs.
  const wanted = Math.max(
    name.length * 7 + 64 + (join === null ? 0 : 44) + (withItems === null ? 0 : 32),
    (runs.name.length + 17) * 6 + 44,
  );
  return { width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, wanted))), height: HEIGHT };
}

/** Dagre gives centres. */
function boxOf(at: { x?: number; y?: number; width?: number; height?: number }): Box {
  const { x = 0, y = 0, width = 0, height = 0 } = at;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Dagre ends lines wherever they cross the border of a box. */
function docked(link: Link, points: readonly Point[], boxes: ReadonlyMap<string, Box>): readonly Point[] {
  const inner = points.slice(1, -1).map(({ x, y }) => ({ x, y }));
  const start = link.from === link.to ? null : dock(boxes.get(link.from), inner[0]);
  const end = link.from === link.to ? null : dock(boxes.get(link.to), inner.at(-1));
  return start === null || end === null ? points.map(({ x, y }) => ({ x, y })) : [start, ...inner, end];
}

/** Where a line meets a box: above or below it, whichever is nearer, and not at a corner. */
function dock(box: Box | undefined, towards: Point | undefined): Point | null {
  if (box === undefined || towards === undefined) return null;
  const inset = Math.min(20, box.width / 2);
  const below = towards.y > box.y + box.height / 2;
  return {
    x: Math.min(box.x + box.width - inset, Math.max(box.x + inset, towards.x)),
    y: below ? box.y + box.height : box.y,
  };
}

/** A line through these points that leaves and enters each of them upright, as SVG draws it. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let { x, y } = first;
  const parts = [`M${x} ${y}`];
  for (const next of rest) {
    const middle = (y + next.y) / 2;
    parts.push(`C${x} ${middle} ${next.x} ${middle} ${next.x} ${next.y}`);
    ({ x, y } = next);
  }
  return parts.join('');
}
