import { join } from 'node:path';
import { type Disk, errorCode, listIfThere } from './disk.ts';
import { StoreError } from './store-error.ts';

/**
 * Copies the folder of a store while commits go on. The order is what makes the copy whole, as long as nothing else is
 * written or removed meanwhile (`Checkpointer.alone`):
 *
 * 1. the index and the files of the executions, which stand still: what they lack is in the journal;
 * 2. the journal, a line of which may be cut off at its end, as after a crash: that commit came later than the call;
 * 3. the large values, since each of them was on disk before the line that refers to it.
 *
 * The lock is left out.
 */
export async function copyStore(disk: Disk, folder: string, to: string): Promise<void> {
  await disk.makeFolder(to);
  if ((await disk.list(to)).length > 0) {
    throw new StoreError('unusable', `“${to}” is not empty. Choose an empty folder for the copy.`);
  }
  await copyFolder(disk, join(folder, 'executions'), join(to, 'executions'));
  for (const name of await disk.list(folder)) {
    const isOwn = name.includes('.json') && !name.endsWith('.tmp');
    if (isOwn) await copyIfThere(disk, join(folder, name), join(to, name));
  }
  await copyFolder(disk, join(folder, 'journal'), join(to, 'journal'));
  await copyFolder(disk, join(folder, 'payloads'), join(to, 'payloads'));
  await disk.syncFolder(to);
}

async function copyFolder(disk: Disk, from: string, to: string): Promise<void> {
  const names = (await listIfThere(disk, from)).toSorted();
  await disk.makeFolder(to);
  for (const name of names) {
    if (name.endsWith('.tmp')) continue;
    const isFolder = (await sizeIfThere(disk, join(from, name))) === null;
    if (isFolder) await copyFolder(disk, join(from, name), join(to, name));
    else await copyIfThere(disk, join(from, name), join(to, name));
  }
}

/** 0 for what is gone: the log of an action may have been renamed. */
async function sizeIfThere(disk: Disk, path: string): Promise<number | null> {
  try {
    return await disk.measure(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function copyIfThere(disk: Disk, from: string, to: string): Promise<void> {
  try {
    await disk.copy(from, to);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
