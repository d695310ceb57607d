import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export interface ReplaceOptions {
  /** Whether a file that is there may be replaced. */
  readonly overwrite: boolean;
  /** The mode of a new file; one that is replaced keeps its own. */
  readonly mode?: number;
  readonly signal: AbortSignal;
}

/**
 * Makes or replaces a file, wholly or not at all: it is written beside its place, synced, and renamed. Its folder is made
 * when it is not there. Where a link is, what it leads to is replaced.
 *
 * @throws Error of the work, or with a sentence; nothing is left behind then
 */
export async function replaceFile<T>(
  target: string,
  { overwrite, mode, signal }: ReplaceOptions,
  write: (file: FileHandle) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const place = await realpath(target).catch(() => target);
  const before = await stat(place).catch(() => null);
  if (before?.isDirectory()) throw new Error(`${target}: it is a folder.`);
  if (before !== null && !overwrite) throw new Error(`${target}: it is there already.`);
  await mkdir(path.dirname(place), { recursive: true });
  const beside = path.join(
    path.dirname(place),
    `.${path.basename(place).slice(0, 100)}.${randomUUID().slice(0, 8)}.part`,
  );
  try {
    const file = await open(beside, 'wx', before?.mode ?? mode ?? 0o666);
    let result: T;
    try {
      result = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    signal.throwIfAborted();
    await rename(beside, place);
    return result;
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
