import { basename, dirname, join } from 'node:path';
import { type Disk, errorCode, syncFile } from './disk.ts';
import { reasonOf, StoreError } from './store-error.ts';

/**
 * Renames a file that cannot be used to `<name>.damaged-<n>`, and returns where it is now.
 *
 * @throws StoreError `unusable` when the system refuses
 */
export async function keepAside(disk: Disk, path: string): Promise<string> {
  const aside = await freeName(disk, path, 'damaged');
  try {
    await disk.rename(path, aside);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      throw new StoreError('unusable', `“${path}” is damaged and cannot be renamed: ${reasonOf(error)}.`, error);
    }
  }
  await disk.syncFolder(dirname(path));
  return aside;
}

/** Copies a file that is about to be replaced to `<name>.<why>-<n>`, and returns where the copy is. */
export async function keepCopy(disk: Disk, path: string, why: string): Promise<string> {
  const copy = await freeName(disk, path, why);
  await disk.copy(path, copy);
  await syncFile(disk, copy);
  await disk.syncFolder(dirname(path));
  return copy;
}

async function freeName(disk: Disk, path: string, why: string): Promise<string> {
  const taken = new Set(await disk.list(dirname(path)));
  for (let n = 1; ; n += 1) {
    const name = `${basename(path)}.${why}-${n}`;
    if (!taken.has(name)) return join(dirname(path), name);
  }
}
