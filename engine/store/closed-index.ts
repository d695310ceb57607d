import type { ExecutionList, Listed, Row } from './execution-list.ts';
import type { Page } from './index-page.ts';
import { checksum } from './line.ts';

/**
 * What `closed.json` says, which is written when the store is closed and removed when it is opened: where in the index
 * pages each execution stands. With it the list is there without a look at every line. Its columns are in the order of the
 * list.
 */
export interface ClosedIndex {
  readonly version: number;
  /** Number, bytes, lines, and CRC-32 of each page: one that is different now has changed since. */
  readonly pages: readonly (readonly [number, number, number, number])[];
  readonly ids: readonly string[];
  readonly createdAt: readonly number[];
  /** Which of the pages. */
  readonly page: readonly number[];
  /** Where in the page its newest line begins, in bytes. */
  readonly at: readonly number[];
  readonly positions: readonly number[];
  /** Those that have not ended. */
  readonly goOn: readonly string[];
}

export function closedIndexOf<S extends Listed>(
  version: number,
  pages: Iterable<Page>,
  list: ExecutionList<S>,
  goesOn: (row: Row<S>) => boolean,
): ClosedIndex {
  const places = new Map<Page, number>();
  for (const page of pages) places.set(page, places.size);
  const rows = list.inOrder().filter((row) => row.page !== null);
  return {
    version,
    pages: [...places.keys()].map(({ number, size, lines, crc }) => [number, size, lines, crc]),
    ids: rows.map((row) => row.id),
    createdAt: rows.map((row) => row.createdAt),
    page: rows.map((row) => (row.page === null ? -1 : (places.get(row.page) ?? -1))),
    at: rows.map((row) => row.at),
    positions: rows.map((row) => row.position),
    goOn: rows.filter(goesOn).map((row) => row.id),
  };
}

export function encodeClosedIndex(closed: ClosedIndex): string {
  const body = JSON.stringify(closed).slice(0, -1);
  return `${body}${sealOf(body)}`;
}

/** Null when it is not what was written, or of another version: then it says nothing. */
export function decodeClosedIndex(bytes: Buffer, version: number): ClosedIndex | null {
  const at = bytes.lastIndexOf(SEAL);
  if (at === -1 || bytes.toString('latin1', at) !== sealOf(bytes.subarray(0, at))) return null;
  const closed = JSON.parse(bytes.toString('utf8')) as ClosedIndex;
  return closed.version === version ? closed : null;
}

function sealOf(body: string | Uint8Array): string {
  return `${SEAL}${checksum(body)}"}\n`;
}

const SEAL = ',"checksum":"';
