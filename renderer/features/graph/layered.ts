/** In pixels. */
const BESIDE = 16;
const BELOW = 44;
/** A line over more levels than these runs beside the graph, and takes no room in the levels between. */
const LONGEST = 8;
const SWEEPS = 6;

interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

interface Ends {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Centres of the nodes and the points of the lines by their ids; lines of a node to itself are left out. */
interface Layered {
  readonly centres: ReadonlyMap<string, Point>;
  readonly lines: ReadonlyMap<string, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

/** A node, or where a line passes a level. */
interface Spot {
  readonly width: number;
  readonly height: number;
  readonly level: number;
  readonly above: number[];
  readonly below: number[];
  x: number;
}

/**
 * Lays out what is too large to be laid out finely: levels from top to bottom, ordered and placed by the mean of what they
 * are joined to. The work grows with the number of nodes and lines, and nothing in it is recursive.
 */
export function layered(nodes: readonly Sized[], edges: readonly Ends[]): Layered {
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  const pairs = edges.flatMap(({ id, from, to }) => {
    const [a, b] = [indexOf.get(from), indexOf.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [{ id, a, b }];
  });
  const levelOf = levels(nodes.length, pairs);
  const spots: Spot[] = nodes.map(({ width, height }, index) => ({
    ...{ width, height, level: levelOf[index] ?? 0 },
    ...{ above: [], below: [], x: 0 },
  }));
  const join = (upper: number, lower: number) => {
    spots[upper]?.below.push(lower);
    spots[lower]?.above.push(upper);
  };
  const passes = new Map<string, readonly number[] | null>();
  for (const { id, a, b } of pairs) {
    const [from, to] = [levelOf[a] ?? 0, levelOf[b] ?? 0];
    const [upper, lower] = from < to ? [a, b] : [b, a];
    const [top, bottom] = [Math.min(from, to), Math.max(from, to)];
    if (bottom - top > LONGEST) {
      passes.set(id, null);
      continue;
    }
    const through: number[] = [];
    let last = upper;
    for (let level = top + 1; level < bottom; level += 1) {
      spots.push({ width: 8, height: 0, level, above: [], below: [], x: 0 });
      through.push(spots.length - 1);
      join(last, spots.length - 1);
      last = spots.length - 1;
    }
    if (bottom > top) join(last, lower);
    passes.set(id, from < to ? through : through.reverse());
  }
  const rows = order(spots);
  place(spots, rows);

  const left = Math.min(0, ...rows.map((row) => edge(spots[row[0] ?? -1], -1)));
  const right = Math.max(0, ...rows.map((row) => edge(spots[row.at(-1) ?? -1], 1)));
  const tops: number[] = [];
  let height = 0;
  for (const row of rows) {
    const tall = row.reduce((most, spot) => Math.max(most, spots[spot]?.height ?? 0), 0);
    tops.push(height + tall / 2);
    height += tall + BELOW;
  }
  const at = (index: number): Point => {
    const spot = spots[index];
    return { x: (spot?.x ?? 0) - left, y: tops[spot?.level ?? 0] ?? 0 };
  };
  const lines = new Map<string, readonly Point[]>();
  let lanes = 0;
  for (const { id, a, b } of pairs) {
    const through = passes.get(id);
    if (through !== null) lines.set(id, [at(a), ...(through ?? []).map(at), at(b)]);
    else {
      lanes += 1;
      const lane = right - left + BESIDE + (lanes % 40) * 4;
      const [from, to] = [at(a), at(b)];
      const step = from.y < to.y ? BELOW : -BELOW;
      lines.set(id, [from, { x: lane, y: from.y + step * 2 }, { x: lane, y: to.y - step * 2 }, to]);
    }
  }
  return {
    centres: new Map(nodes.map(({ id }, index) => [id, at(index)])),
    lines,
    width: right - left + (lanes > 0 ? BESIDE + Math.min(lanes, 40) * 4 : 0),
    height: Math.max(0, height - BELOW),
  };
}

function edge(spot: Spot | undefined, side: 1 | -1): number {
  return spot === undefined ? 0 : spot.x + (side * spot.width) / 2;
}

interface Pair {
  readonly a: number;
  readonly b: number;
}

/** The level of each node: below all that lead to it, without the lines that lead back. */
export function levels(count: number, pairs: readonly Pair[]): readonly number[] {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const { a, b } of pairs) next[a]?.push(b);
  const entries = new Set(Array.from({ length: count }, (_, index) => index));
  for (const { b } of pairs) entries.delete(b);
  const state = new Uint8Array(count); // 1: on the way, 2: done
  const forward: number[][] = next.map(() => []);
  const finished: number[] = [];
  const from = [...entries, ...Array.from({ length: count }, (_, index) => index)];
  for (const start of from) {
    if (state[start] !== 0) continue;
    const path: { readonly node: number; at: number }[] = [{ node: start, at: 0 }];
    state[start] = 1;
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const to = next[step.node]?.[step.at];
      step.at += 1;
      if (to === undefined) {
        state[step.node] = 2;
        finished.push(step.node);
        path.pop();
      } else if (state[to] !== 1) {
        forward[step.node]?.push(to);
        if (state[to] === 0) {
          state[to] = 1;
          path.push({ node: to, at: 0 });
        }
      }
    }
  }
  const level = new Array<number>(count).fill(0);
  for (const node of finished.reverse()) {
    for (const to of forward[node] ?? []) level[to] = Math.max(level[to] ?? 0, (level[node] ?? 0) + 1);
  }
  return level;
}

/** The spots of each level, so that lines cross little. */
function order(spots: readonly Spot[]): number[][] {
  const rows: number[][] = [];
  spots.forEach(({ level }, index) => {
    const row = rows[level] ?? [];
    rows[level] = row;
    row.push(index);
  });
  for (let level = 0; level < rows.length; level += 1) rows[level] ??= [];
  const position = new Float64Array(spots.length);
  const number = (row: readonly number[]) =>
    row.forEach((spot, index) => {
      position[spot] = index;
    });
  rows.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : rows.toReversed()) {
      const wanted = new Map(
        row.map((index) => {
          const joined = (down ? spots[index]?.above : spots[index]?.below) ?? [];
          return [index, joined.length === 0 ? (position[index] ?? 0) : mean(joined, (each) => position[each] ?? 0)];
        }),
      );
      row.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      number(row);
    }
  }
  return rows;
}

function place(spots: readonly Spot[], rows: readonly (readonly number[])[]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : rows.toReversed()) {
      const wanted = row.map((index) => {
        const spot = spots[index];
        const joined = (down ? spot?.above : spot?.below) ?? [];
        return joined.length === 0 ? (spot?.x ?? 0) : mean(joined, (each) => spots[each]?.x ?? 0);
      });
      const xs = apart(
        wanted,
        row.map((index) => spots[index]?.width ?? 0),
      );
      row.forEach((index, at) => {
        const spot = spots[index];
        if (spot !== undefined) spot.x = xs[at] ?? 0;
      });
    }
  }
}

function mean(values: readonly number[], of: (value: number) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0) / values.length;
}

/** The places nearest to the wanted ones (by least squares) at which things of these widths, in this order, do not touch. */
export function apart(wanted: readonly number[], widths: readonly number[]): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  widths.forEach((width, index) => {
    if (index > 0) offset += ((widths[index - 1] ?? 0) + width) / 2 + BESIDE;
    offsets.push(offset);
  });
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach((want, index) => {
    let pool = { sum: want - (offsets[index] ?? 0), count: 1 };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.count <= pool.sum / pool.count) break;
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  });
  const bases = pools.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
  return bases.map((base, index) => base + (offsets[index] ?? 0));
}
