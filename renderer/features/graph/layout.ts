import { layout as dagre, Graph } from '@dagrejs/dagre';
import { blocksOf } from './blocks.ts';
import type { GraphModel, Link, Place } from './graph-model.ts';
import { layered } from './layered.ts';

/** In pixels. */
const HEIGHT = 48;
const COMMAND = { width: 76, height: 24 };
const CLUSTER = { width: 232, height: 64 };
const NARROWEST = 136;
const WIDEST = 208;
const LABEL_HEIGHT = 18;
const LONGEST_LABEL = 24;
const MARGIN = 24;
const GAP = 12;
/** Of what is open: the room for its head, and around its graph. */
const OPEN_HEAD = 40;
const OPEN_LEAST = 300;

/** More places than these are laid out less finely: dagre takes a minute for 2,000, and has no room for a chain of them. */
const FINE = 200;

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

interface Line {
  readonly points: readonly Point[];
  readonly label: Box | null;
  /** The links that are drawn as this one, itself among them. */
  readonly of: readonly string[];
}

/** Where everything is drawn, in pixels from the upper left corner. It can be sent from a worker. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /**
   * Places by their ids, from top to bottom and then from left to right: nobody comes before what leads there. What is
   * inside of a place comes behind it.
   */
  readonly boxes: ReadonlyMap<string, Box>;
  /** By the id of one link. */
  readonly lines: ReadonlyMap<string, Line>;
  /** Frames around tasks that have the same lines. */
  readonly blocks: readonly Box[];
}

/** Lays a graph out from top to bottom, with the graphs inside of its places. */
export function layOut(model: GraphModel): GraphLayout {
  const inner = new Map<string, GraphLayout>();
  for (const place of model.places) {
    if (place.kind !== 'command' && place.inside !== null) inner.set(place.id, layOut(place.inside));
  }
  const sizes = new Map(model.places.map((place) => [place.id, sizeOf(place, inner.get(place.id))]));
  const blocks = new Map(blocksOf(model).map(({ id, members }) => [id, gridOf(members, sizes)]));
  const blockOf = new Map([...blocks].flatMap(([id, { cells }]) => [...cells.keys()].map((member) => [member, id])));
  const unit = (place: string) => blockOf.get(place) ?? place;

  const units = [
    ...model.places.filter(({ id }) => !blockOf.has(id)).map(({ id }) => ({ id, ...(sizes.get(id) ?? COMMAND) })),
    ...[...blocks].map(([id, { width, height }]) => ({ id, width, height })),
  ];
  const bundles = new Map<string, { readonly link: Link; readonly of: string[] }>();
  for (const link of model.links) {
    const [from, to] = [unit(link.from), unit(link.to)];
    const key = from === link.from && to === link.to ? link.id : JSON.stringify([from, to, link.clause, link.guard]);
    const bundle = bundles.get(key) ?? { link: { ...link, from, to }, of: [] };
    bundles.set(key, bundle);
    bundle.of.push(link.id);
  }
  const drawn = [...bundles.values()];
  const links = drawn.map(({ link }) => link);
  const rough = units.length > FINE ? roughly(units, links) : finely(units, links);

  const boxes: (readonly [string, Box])[] = [];
  const frames: Box[] = [];
  const lines = new Map<string, Line>();
  for (const { link, of } of drawn) {
    const line = rough.lines.get(link.id);
    if (line !== undefined) lines.set(link.id, { ...line, of });
  }
  const sorted = [...rough.boxes].sort(
    ([, a], [, b]) => (inner.size > 0 ? a.y - b.y : a.y + a.height / 2 - b.y - b.height / 2) || a.x - b.x,
  );
  for (const [id, box] of sorted) {
    const block = blocks.get(id);
    if (block !== undefined) {
      frames.push(box);
      for (const [member, cell] of block.cells) boxes.push([member, moved(cell, box)]);
      continue;
    }
    boxes.push([id, box]);
    const inside = inner.get(id);
    if (inside === undefined) continue;
    const by = { x: box.x + (box.width - inside.width) / 2, y: box.y + OPEN_HEAD };
    for (const [each, at] of inside.boxes) boxes.push([each, moved(at, by)]);
    for (const frame of inside.blocks) frames.push(moved(frame, by));
    for (const [each, { points, label, of }] of inside.lines) {
      const shifted = points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
      lines.set(each, { points: shifted, label: label === null ? null : moved(label, by), of });
    }
  }
  return { width: rough.width, height: rough.height, boxes: new Map(boxes), lines, blocks: frames };
}

interface Unit {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

type Placed = Pick<GraphLayout, 'width' | 'height' | 'boxes'> & {
  readonly lines: ReadonlyMap<string, Omit<Line, 'of'>>;
};

function finely(units: readonly Unit[], links: readonly Link[]): Placed {
  const graph = new Graph({ directed: true, multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 20, edgesep: 14, ranksep: 36, marginx: MARGIN, marginy: MARGIN });
  for (const { id, width, height } of units) graph.setNode(id, { width, height });
  for (const link of links) {
    const text = labelOf(link);
    const label = text === null ? { width: 0, height: 0 } : { width: widthOfLabel(text), height: LABEL_HEIGHT };
    graph.setEdge(link.from, link.to, { ...label, labelpos: 'c' }, link.id);
  }
  dagre(graph);
  const boxes = new Map(units.map(({ id }) => [id, boxOf(graph.node(id))]));
  const lines = links.map((link) => {
    const { points = [], ...label } = graph.edge(link.from, link.to, link.id);
    return [
      link.id,
      { points: docked(link, points, boxes), label: labelOf(link) === null ? null : boxOf(label) },
    ] as const;
  });
  const { width = 0, height = 0 } = graph.graph();
  return { width, height, boxes, lines: new Map(lines) };
}

function roughly(units: readonly Unit[], links: readonly Link[]): Placed {
  const { centres, lines, width, height } = layered(units, links);
  const by = { x: MARGIN, y: MARGIN };
  const boxes = new Map(
    units.map((each) => {
      const { x, y } = centres.get(each.id) ?? { x: 0, y: 0 };
      return [each.id, moved(boxOf({ ...each, x, y }), by)] as const;
    }),
  );
  const drawn = links.map((link) => {
    const through = lines.get(link.id)?.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
    const points = through === undefined ? loop(boxes.get(link.from)) : docked(link, through, boxes);
    const text = labelOf(link);
    const last = points.at(-1) ?? { x: 0, y: 0 };
    const before = points.at(-2) ?? last;
    const middle = { x: (last.x + before.x) / 2, y: (last.y + before.y) / 2 };
    const label = text === null ? null : boxOf({ ...middle, width: widthOfLabel(text), height: LABEL_HEIGHT });
    return [link.id, { points, label }] as const;
  });
  return { width: width + MARGIN * 2, height: height + MARGIN * 2, boxes, lines: new Map(drawn) };
}

/** Of a task that leads to itself: out at its side, and back in. */
function loop(box: Box | undefined): readonly Point[] {
  if (box === undefined) return [];
  const right = box.x + box.width;
  const middle = box.y + box.height / 2;
  return [
    { x: right, y: middle - 10 },
    { x: right + 12, y: middle },
    { x: right, y: middle + 10 },
  ];
}

/** Equal boxes in rows, wider than high as a window is. */
function gridOf(members: readonly string[], sizes: ReadonlyMap<string, { width: number; height: number }>) {
  const width = Math.max(...members.map((id) => sizes.get(id)?.width ?? 0));
  const columns = Math.max(3, Math.ceil(Math.sqrt((members.length * HEIGHT * 1.6) / width)));
  const rows = Math.ceil(members.length / columns);
  const cells = new Map(
    members.map((id, index) => {
      const x = GAP + (index % columns) * (width + GAP);
      const y = GAP + Math.floor(index / columns) * (HEIGHT + GAP);
      return [id, { x, y, width, height: HEIGHT }];
    }),
  );
  return { cells, width: GAP + Math.min(columns, members.length) * (width + GAP), height: GAP + rows * (HEIGHT + GAP) };
}

function moved({ x, y, width, height }: Box, by: Point): Box {
  return { x: x + by.x, y: y + by.y, width, height };
}

/** What stands on a link; null on one that is taken whenever the task succeeds. */
export function labelOf({ clause, guard, bundle }: Pick<Link, 'clause' | 'guard' | 'bundle'>): string | null {
  if (bundle !== undefined) return bundle.length === 1 ? null : `${bundle.length.toLocaleString('en')} links`;
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

function sizeOf(place: Place, inside: GraphLayout | undefined): { readonly width: number; readonly height: number } {
  if (place.kind === 'command') return COMMAND;
  if (inside !== undefined) {
    return { width: Math.max(OPEN_LEAST, inside.width), height: inside.height + OPEN_HEAD };
  }
  if (place.kind === 'cluster') return CLUSTER;
  const { name, runs, join, withItems } = place.task;
  // The first line has a glyph and a count, the second one the word of the state before what runs.
  const wanted = Math.max(
    name.length * 7 + 64 + (join === null ? 0 : 44) + (withItems === null ? 0 : 32),
    (runs.name.length + 17) * 6 + 44,
  );
  const button = runs.type === 'WORKFLOW' ? 24 : 0;
  return { width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, wanted))) + button, height: HEIGHT };
}

/** Dagre gives centres. */
function boxOf(at: { x?: number; y?: number; width?: number; height?: number }): Box {
  const { x = 0, y = 0, width = 0, height = 0 } = at;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Dagre ends lines wherever they cross the border of a box. */
function docked(link: Link, points: readonly Point[], boxes: ReadonlyMap<string, Box>): readonly Point[] {
  const inner = points.slice(1, -1).map(({ x, y }) => ({ x, y }));
  const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
  const start = link.from === link.to ? null : dock(from, inner[0] ?? points.at(-1));
  const end = link.from === link.to ? null : dock(to, inner.at(-1) ?? points[0]);
  return start === null || end === null ? points.map(({ x, y }) => ({ x, y })) : [start, ...inner, end];
}

/** Where a line meets a box: above or below it, whichever is nearer, and not at a corner. */
function dock(box: Box | undefined, towards: Point | undefined): Point | null {
  if (box === undefined || towards === undefined) return null;
  const inset = Math.min(20, box.width / 2);
  const below = towards.y > box.y + box.height / 2;
  // A line into something wide does not run along it.
  const middle = box.x + box.width / 2;
  const reach = Math.min(box.width / 2 - inset, 140);
  return {
    x: Math.min(middle + reach, Math.max(middle - reach, towards.x)),
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
