import type { Disk } from './disk.ts';
import { decodeBeginning } from './json-lines.ts';

/** Bytes that are read of a large document: some thousand records, in some ten milliseconds. */
const HEAD = 1_048_576;
/** Of a smaller one all is there nearly as soon. */
const LARGE = 2 * HEAD;

/**
 * What a large document begins with: its first lists, the last of them cut off, and nothing of what follows. For somebody
 * who wants to see something before all of it has been read; so it is not checked, and null for whatever reason there is.
 *
 * @param version what another version wrote is left to the one who reads all of it
 */
export async function readHead(disk: Disk, path: string, version: number): Promise<Record<string, unknown> | null> {
  try {
    const bytes = await beginning(disk, path);
    const head = bytes === null ? null : decodeBeginning(bytes);
    return head?.version === version ? head : null;
  } catch {
    return null;
  }
}

async function beginning(disk: Disk, path: string): Promise<Buffer | null> {
  const file = await disk.open(path, 'read');
  try {
    if ((await file.stat()).size < LARGE) return null;
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, await file.read(bytes, 0));
  } finally {
    await file.close();
  }
}
