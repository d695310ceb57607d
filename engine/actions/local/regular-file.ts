import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Opens a file to read it: nothing else, since a pipe or a device may never end.
 *
 * @throws Error with a sentence, or the system's error
 */
export async function openRegularFile(path: string): Promise<{ readonly file: FileHandle; readonly size: number }> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw new Error(`${path}: it is a folder.`);
    if (!found.isFile()) throw new Error(`${path}: it is no regular file.`);
    return { file, size: found.size };
  } catch (error) {
    await file.close();
    throw error;
  }
}
