import { type Branch, NO_ROW } from './tree.ts';

/** So many siblings are shown one by one; more of them in groups of as many. */
const BUCKET = 200;

/** A row that stands for several siblings, as a branch of its own between them and their parent. */
export interface Bucket extends Branch {
  readonly parentId: string;
  /** The places of the first and the last of them among all siblings, from 0. */
  readonly first: number;
  readonly last: number;
  readonly members: readonly Branch[];
}

const known = new WeakMap<readonly Branch[], readonly Branch[]>();

/** What is shown directly below a row: its children, or buckets of them, or buckets of buckets. */
export function rowsBelow(branch: Branch): readonly Branch[] {
  const { children } = branch;
  if (children.length <= BUCKET || isBucket(branch)) return children;
  const cached = known.get(children);
  if (cached !== undefined) return cached;
  let size = BUCKET;
  let groups: readonly Bucket[] = bucketsOf(branch, children, children, size);
  while (groups.length > BUCKET) {
    size *= BUCKET;
    groups = bucketsOf(branch, groups, children, size);
  }
  known.set(children, groups);
  return groups;
}

function bucketsOf(parent: Branch, rows: readonly Branch[], all: readonly Branch[], size: number): readonly Bucket[] {
  const buckets: Bucket[] = [];
  for (let at = 0; at * BUCKET < rows.length; at++) {
    const first = at * size;
    const last = Math.min(all.length, first + size) - 1;
    buckets.push({
      // The first bucket of a size keeps its name while it grows, and so stays open.
      id: `${parent.id}#${size}#${first}`,
      rootId: parent.rootId,
      slot: NO_ROW,
      children: rows.slice(at * BUCKET, (at + 1) * BUCKET),
      expandable: true,
      parentId: parent.id,
      first,
      last,
      members: all.slice(first, last + 1),
    });
  }
  return buckets;
}

export function isBucket(branch: Branch): branch is Bucket {
  return 'members' in branch;
}

/** The rows that lead to the last of these branches, each of which is a child of the one before it. */
export function rowsTo(path: readonly Branch[]): readonly Branch[] {
  const rows: Branch[] = [];
  path.forEach((branch, at) => {
    rows.push(branch);
    const next = path[at + 1];
    if (next === undefined) return;
    const place = branch.children.findIndex(({ id }) => id === next.id);
    let below = rowsBelow(branch);
    for (let bucket = bucketAt(below, place); bucket !== undefined; bucket = bucketAt(below, place)) {
      rows.push(bucket);
      below = bucket.children;
    }
  });
  return rows;
}

function bucketAt(rows: readonly Branch[], place: number): Bucket | undefined {
  return rows.find((row): row is Bucket => isBucket(row) && row.first <= place && place <= row.last);
}
