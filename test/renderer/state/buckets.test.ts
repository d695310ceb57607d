import { expect, test } from 'vitest';
import { isBucket, rowsBelow, rowsTo } from '../../../renderer/state/buckets.ts';
import type { Branch } from '../../../renderer/state/tree.ts';

const leaf = (at: number): Branch => ({ id: `i${at}`, rootId: 'root', slot: at, children: [], expandable: false });
const parentOf = (count: number): Branch => ({
  id: 'root',
  rootId: 'root',
  slot: -1,
  children: Array.from({ length: count }, (_, at) => leaf(at)),
  expandable: true,
});
const spans = (rows: readonly Branch[]) => rows.map((row) => (isBucket(row) ? `${row.first}-${row.last}` : row.id));

test('up to 200 siblings stand for themselves, more of them in buckets of 200', () => {
  expect(rowsBelow(parentOf(200))).toHaveLength(200);
  expect(spans(rowsBelow(parentOf(450)))).toEqual(['0-199', '200-399', '400-449']);
});

test('so many buckets are put into buckets again, and none of them ever has more than 200 rows', () => {
  const rows = rowsBelow(parentOf(100_000));
  expect(spans(rows)).toEqual(['0-39999', '40000-79999', '80000-99999']);
  expect(spans(rows[2]?.children ?? []).slice(-2)).toEqual(['99600-99799', '99800-99999']);
  const count = (row: Branch): number => (isBucket(row) ? row.children.reduce((sum, each) => sum + count(each), 0) : 1);
  expect(rows.reduce((sum, row) => sum + count(row), 0)).toBe(100_000);
});

test('a bucket keeps its id while more siblings come, so that it stays open', () => {
  const [first, second] = rowsBelow(parentOf(250));
  const [firstNow, secondNow] = rowsBelow(parentOf(390));
  expect([firstNow?.id, secondNow?.id]).toEqual([first?.id, second?.id]);
});

test('knows the rows that have to be open for one of them to be seen', () => {
  const parent = parentOf(100_000);
  const target = parent.children[99_700] ?? leaf(0);
  expect(spans(rowsTo([parent, target]))).toEqual(['root', '80000-99999', '99600-99799', 'i99700']);
  const small = parentOf(3);
  expect(spans(rowsTo([small, small.children[1] ?? leaf(0)]))).toEqual(['root', 'i1']);
});
