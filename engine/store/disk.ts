import { constants } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rmdir,
  unlink,
} from 'node:fs/promises';
import { WritingThread } from './writing-thread.ts';

/**
 * How a file is opened. `read`: only to read. `change`: to read and write, fails with ENOENT when it is not there.
 * `update`: the same, but made when it is not there. `replace`: emptied or made. `new`: made, fails with EEXIST when it is
 * there.
 */
type OpenMode = 'read' | 'change' | 'update' | 'replace' | 'new';

export interface DiskFile {
  /** Writes at an offset and says how many bytes the system took; that may be fewer than were given. */
  readonly write: (bytes: Uint8Array, offset: number) => Promise<number>;
  /** Reads from an offset into the buffer and says how many bytes came; 0 at the end. */
  readonly read: (buffer: Uint8Array, offset: number) => Promise<number>;
  /** Content and size survive a power loss once this has resolved. The name of a new file needs `syncFolder` too. */
  readonly datasync: () => Promise<void>;
  readonly truncate: (size: number) => Promise<void>;
  /** Its size in bytes, and the number that tells it from every other file, also from a copy of it. */
  readonly stat: () => Promise<{ readonly size: number; readonly inode: number }>;
  readonly close: () => Promise<void>;
}

/** A file that is written in one go, unsynced: nothing that takes long. */
export interface SmallWrite {
  readonly path: string;
  readonly bytes: Uint8Array;
  /**
   * Where in the file they go, in bytes; the file is made when it is not there, and what was in it is gone when it is
   * written from 0. Null: they take the place of the file, which is the one or the other at any moment.
   */
  readonly offset: number | null;
}

/**
 * The few things that the store asks of a file system. Everything goes through here, so that tests can refuse any one of
 * them. Files are made for their owner only (0600), folders too (0700). A link in the place of a file is never followed: the
 * store may be somebody else's, unpacked here.
 */
export interface Disk {
  readonly open: (path: string, mode: OpenMode) => Promise<DiskFile>;
  /** Resolves when the system has it. A file that is refused may be written in part, unless it was to be replaced. */
  readonly writeSmall: (write: SmallWrite) => Promise<void>;
  readonly readFile: (path: string) => Promise<Buffer>;
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** The names of those in the folder that are links. */
  readonly links: (folder: string) => Promise<readonly string[]>;
  /** Its size in bytes; null for a folder. A link is not followed. */
  readonly measure: (path: string) => Promise<number | null>;
  readonly makeFolder: (folder: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly copy: (from: string, to: string) => Promise<void>;
  /** Fails with ENOENT when it is not there. */
  readonly remove: (path: string) => Promise<void>;
  /** Fails with ENOTEMPTY when something is in it. */
  readonly removeFolder: (folder: string) => Promise<void>;
  /** What was made, renamed and removed in the folder survives a power loss once this has resolved. */
  readonly syncFolder: (folder: string) => Promise<void>;
}

/** A link in the place of a file is refused with ELOOP. Windows has no such flag; there only administrators make links. */
const { O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
const FLAGS: Record<OpenMode, number> = {
  read: O_NOFOLLOW | constants.O_RDONLY,
  change: O_NOFOLLOW | constants.O_RDWR,
  update: O_NOFOLLOW | constants.O_RDWR | constants.O_CREAT,
  replace: O_NOFOLLOW | constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
  new: O_NOFOLLOW | constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
};

class NodeFile implements DiskFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(bytes: Uint8Array, offset: number): Promise<number> {
    return (await this.#handle.write(bytes, 0, bytes.length, offset)).bytesWritten;
  }

  async read(buffer: Uint8Array, offset: number): Promise<number> {
    return (await this.#handle.read(buffer, 0, buffer.length, offset)).bytesRead;
  }

  datasync(): Promise<void> {
    return this.#handle.datasync();
  }

  truncate(size: number): Promise<void> {
    return this.#handle.truncate(size);
  }

  async stat(): Promise<{ readonly size: number; readonly inode: number }> {
    const { size, ino } = await this.#handle.stat();
    return { size, inode: ino };
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

const thread = new WritingThread();

/** The machine's own file system. */
export const realDisk: Disk = {
  open: async (path, mode) => new NodeFile(await open(path, FLAGS[mode], 0o600)),
  writeSmall: (write) => {
    const { path, bytes, offset } = write;
    return thread.write({ path, offset, flags: FLAGS[modeOf(write)] }, bytes);
  },
  readFile: (path) => readFile(path, { flag: FLAGS.read }),
  list: (folder) => readdir(folder),
  links: async (folder) =>
    (await readdir(folder, { withFileTypes: true })).filter((each) => each.isSymbolicLink()).map(({ name }) => name),
  measure: async (path) => {
    const stats = await lstat(path);
    return stats.isDirectory() ? null : stats.size;
  },
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  rename: (from, to) => rename(from, to),
  copy: async (from, to) => {
    if ((await lstat(from)).isSymbolicLink()) throw Object.assign(new Error(`“${from}” is a link`), { code: 'ELOOP' });
    await copyFile(from, to);
  },
  remove: (path) => unlink(path),
  removeFolder: (folder) => rmdir(folder),
  syncFolder: async (folder) => {
    // Windows cannot open a folder to sync it; NTFS keeps its names in its own journal.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

function modeOf({ offset }: SmallWrite): OpenMode {
  return offset === null || offset === 0 ? 'replace' : 'update';
}

/** What `Disk.writeSmall` does, in steps that the disk is asked for one after another. */
export async function writeInSteps(disk: Disk, write: SmallWrite): Promise<void> {
  const { path, bytes, offset } = write;
  const target = offset === null ? `${path}.tmp` : path;
  const file = await disk.open(target, modeOf(write));
  try {
    await writeAll(file, bytes, offset ?? 0);
  } finally {
    await file.close();
  }
  if (offset === null) await disk.rename(target, path);
}

/** Writes all bytes, also when the system takes them in pieces. */
export async function writeAll(file: DiskFile, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done), offset + done);
    // A system that takes nothing and reports no error would keep us here for ever.
    if (written === 0) throw Object.assign(new Error('the system wrote nothing'), { code: 'EIO' });
    done += written;
  }
}

/** Reads a whole file. A disk that reports an error may have had a bad moment: it is asked twice. */
export async function readInsisting(disk: Disk, path: string): Promise<Buffer> {
  try {
    return await disk.readFile(path);
  } catch (error) {
    if (errorCode(error) !== 'EIO') throw error;
    return disk.readFile(path);
  }
}

/** Removes a file that may be gone already. */
export async function removeIfThere(disk: Disk, path: string): Promise<void> {
  try {
    await disk.remove(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** What is in the folder; nothing when there is no folder. */
export async function listIfThere(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return await disk.list(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The system's name for what went wrong, such as ENOSPC; empty when the error has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What is in a file survives a power loss once this has resolved. A file that somebody has removed needs nothing. */
export async function syncFile(disk: Disk, path: string): Promise<void> {
  let file: DiskFile;
  try {
    file = await disk.open(path, 'change');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Removes a folder that nothing is in. Returns whether it is gone. */
export async function removeIfEmpty(disk: Disk, folder: string): Promise<boolean> {
  if ((await listIfThere(disk, folder)).length > 0) return false;
  try {
    await disk.removeFolder(folder);
    return true;
  } catch {
    // Somebody else's file, or one that came meanwhile; an empty folder does no harm either.
    return false;
  }
}
