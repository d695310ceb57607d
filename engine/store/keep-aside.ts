import { basename, dirname, join } from 'node:path';
import { type Disk, syncFile } from './disk.ts';
import { reasonOf, StoreError } from './store-error.ts';

/**
 * Renames a file that cannot be used to `<name>.damaged-<n>`, and returns where it is now.
 *
 * @throws StoreError `unusable` when the system refuses
 */
export async function keepAside(disk: Disk, path: string): Promise<string> {
  try {
    const aside = await freeName(disk, path, 'damaged');
    await disk.rename(path, aside);
    await disk.syncFolder(dirname(path));
    return aside;
  } catch (error) {
    throw new StoreError('unusable', `“${path}” is damaged and cannot be renamed: ${reasonOf(error)}.`, error);
  }
}

/** Copies a file that an older version wrote to `<name>.v<version>`, once. */
export async function keepOriginal(disk: Disk, path: string, version: number): Promise<void> {
  const copy = `${path}.v${version}`;
  if ((await disk.list(dirname(path))).includes(basename(copy))) return;
  await copyDurably(disk, path, copy);
}

/** Copies a file that is about to be replaced to `<name>.<why>-<n>`, and returns where the copy is. */
export async function keepCopy(disk: Disk, path: string, why: string): Promise<string> {
  const copy = await freeName(disk, path, why);
  await copyDurably(disk, path, copy);
  return copy;
}

/** A copy that a crash left half made has another name and is made again. */
async function copyDurably(disk: Disk, path: string, copy: string): Promise<void> {
  const beside = `${copy}.tmp`;
  await disk.copy(path, beside);
  await syncFile(disk, beside);
  await disk.rename(beside, copy);
  await disk.syncFolder(dirname(path));
}

async function freeName(disk: Disk, path: string, why: string): Promise<string> {
  const taken = new Set(await disk.list(dirname(path)));
  for (let n = 1; ; n += 1) {
    const name = `${basename(path)}.${why}-${n}`;
    if (!taken.has(name)) return join(dirname(path), name);
  }
}
