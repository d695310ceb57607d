import { join } from 'node:path';
import { type Disk, errorCode } from './disk.ts';

/** How many files are looked at at once: one thread of Node's is left to the journal. */
const AT_ONCE = 3;

/** How many bytes the files below a folder have together. What is removed meanwhile counts as nothing. */
export async function sizeOfFolder(disk: Disk, folder: string): Promise<number> {
  let bytes = 0;
  const left = [folder];
  const look = async (path: string): Promise<void> => {
    try {
      const size = await disk.measure(path);
      if (size !== null) bytes += size;
      else for (const name of await disk.list(path)) left.push(join(path, name));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  };
  while (left.length > 0) await Promise.all(left.splice(-AT_ONCE).map(look));
  return bytes;
}
