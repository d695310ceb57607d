import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { type Disk, errorCode, removeIfThere, writeAll } from './disk.ts';
import { reasonOf, StoreError } from './store-error.ts';

interface Owner {
  readonly pid: number;
  /** Tells a process from a later one with the same number; null where the system does not say. */
  readonly process: string | null;
  /** Milliseconds since 1970. */
  readonly lockedAt: number;
  /** The lock file itself: in a copy of the folder, a backup for instance, the lock locks nothing. */
  readonly inode: number;
}

/** How often a lock of a process that is no more is taken over before giving up: others may try at the same time. */
const ATTEMPTS = 5;

/**
 * One process has the folder open at a time: two would write over each other's journal. The lock is a file that names its
 * process, so that the lock of a process that was killed can be told from one that is held.
 */
export class FolderLock {
  readonly #disk: Disk;
  readonly #path: string;

  private constructor(disk: Disk, path: string) {
    this.#disk = disk;
    this.#path = path;
  }

  /** @throws StoreError `locked` or `unusable` */
  static async take(disk: Disk, folder: string): Promise<FolderLock> {
    const path = join(folder, 'lock');
    const mine = { pid: process.pid, process: await identify(process.pid), lockedAt: Date.now() };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (await create(disk, folder, path, mine)) return new FolderLock(disk, path);
      const found = await read(disk, path);
      if (found === null) continue;
      const owner = parse(found.content);
      if (owner !== null && owner.inode === found.inode && (await lives(owner))) throw lockedError(folder, owner);
      await takeAway(disk, path, found.inode, attempt);
    }
    throw lockedError(folder, null);
  }

  async release(): Promise<void> {
    await removeIfThere(this.#disk, this.#path);
  }
}

async function create(disk: Disk, folder: string, path: string, mine: Omit<Owner, 'inode'>): Promise<boolean> {
  try {
    const file = await disk.open(path, 'new');
    try {
      const owner: Owner = { ...mine, inode: (await file.stat()).inode };
      await writeAll(file, Buffer.from(JSON.stringify(owner)), 0);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw new StoreError('unusable', `The folder “${folder}” cannot be written: ${reasonOf(error)}.`, error);
  }
}

async function read(disk: Disk, path: string): Promise<{ readonly content: string; readonly inode: number } | null> {
  try {
    const file = await disk.open(path, 'read');
    try {
      const { size, inode } = await file.stat();
      const content = Buffer.alloc(size);
      await file.read(content, 0);
      return { content: content.toString('utf8'), inode };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new StoreError('unusable', `“${path}” cannot be read: ${reasonOf(error)}.`, error);
  }
}

/**
 * Removes the lock of a process that is no more. Another process may have done so already and have made its own since:
 * what was moved away is looked at, and put back if it is not what was found.
 */
async function takeAway(disk: Disk, path: string, inode: number, attempt: number): Promise<void> {
  const away = `${path}.${process.pid}-${attempt}`;
  try {
    await disk.rename(path, away);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw new StoreError('unusable', `“${path}” cannot be replaced: ${reasonOf(error)}.`, error);
  }
  if ((await read(disk, away))?.inode === inode) await removeIfThere(disk, away);
  else await disk.rename(away, path);
}

function parse(content: string): Owner | null {
  try {
    const owner: unknown = JSON.parse(content);
    if (typeof owner !== 'object' || owner === null) return null;
    const { pid, process: identity, lockedAt, inode } = owner as Partial<Record<keyof Owner, unknown>>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0) return null;
    if (typeof lockedAt !== 'number' || typeof inode !== 'number') return null;
    return { pid, process: typeof identity === 'string' ? identity : null, lockedAt, inode };
  } catch {
    return null;
  }
}

async function lives(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    if (errorCode(error) === 'ESRCH') return false;
  }
  if (owner.process !== null) {
    const now = await identify(owner.pid);
    if (now !== null) return now === owner.process;
  }
  // Where processes cannot be told apart, at least none has survived a restart of the machine.
  return owner.lockedAt > Date.now() - uptime() * 1000;
}

/** On Linux the start of the machine and of the process; elsewhere null. */
async function identify(pid: number): Promise<string | null> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold spaces; the start time is the 20th field after it.
    const started = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
    return started === undefined ? null : `${boot} ${started}`;
  } catch {
    return null;
  }
}

function lockedError(folder: string, owner: Owner | null): StoreError {
  const who = owner === null ? 'another process' : `another process (${owner.pid})`;
  return new StoreError('locked', `The folder “${folder}” is in use by ${who}. Close the other Windrose first.`);
}
