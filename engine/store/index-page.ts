import { crc32 } from 'node:zlib';
import type { Disk } from './disk.ts';

/** One file of the index, as far as it is in memory. */
export interface Page {
  readonly number: number;
  /** How many executions stand in it. */
  count: number;
  lines: number;
  /** Bytes, and the CRC-32 of them. */
  size: number;
  crc: number;
  /** The file does not end where it should: it is written anew with the next change. */
  broken: boolean;
}

export function emptyPage(number: number): Page {
  return { number, count: 0, lines: 0, size: 0, crc: 0, broken: false };
}

const CHUNK = 65_536;
/** So many are read at a time: one after the other, most of the time would be spent waiting for the disk to answer. */
const AT_ONCE = 4;

/** Whether each of these files holds what is known of it; one that cannot be read does not. Ends with the first of those. */
export async function areAsTheyWere(disk: Disk, files: readonly (readonly [path: string, Page])[]): Promise<boolean> {
  const isSame = ([path, page]: readonly [string, Page]) => isAsItWas(disk, path, page).catch(() => false);
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = await Promise.all(files.slice(at, at + AT_ONCE).map(isSame));
    if (some.includes(false)) return false;
  }
  return true;
}

/**
 * A file is read piece by piece into the same memory: the system takes longer to give memory than to give what is in the
 * file.
 */
async function isAsItWas(disk: Disk, path: string, { size, crc }: Page): Promise<boolean> {
  const file = await disk.open(path, 'read');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let length = 0;
    let found = 0;
    for (;;) {
      const count = await file.read(chunk, length);
      if (count === 0) return length === size && found === crc;
      found = crc32(chunk.subarray(0, count), found);
      length += count;
    }
  } finally {
    await file.close();
  }
}
