import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Disk, type DiskFile, errorCode, removeIfThere, writeAll } from './disk.ts';
import { StoreError } from './store-error.ts';

interface Owner {
  readonly pid: number;
  /** Tells a process from a later one with the same number; null where the system does not say. */
  readonly process: string | null;
  /** Milliseconds since 1970. */
  readonly lockedAt: number;
  /** The lock file itself: in a copy of the folder, a backup for instance, the lock locks nothing. */
  readonly inode: number;
}

interface LockFile {
  readonly content: string;
  readonly inode: number;
  /** Null when the content names no process. */
  readonly owner: Owner | null;
}

/** How often it is tried to get hold of a lock that was left behind, while others try the same. */
const ATTEMPTS = 5;
/** Milliseconds that a process has between making its lock and writing its name into it. */
const PATIENCE = 50;

/** The lock files of this process. One that has its number and is not among them was left behind. */
const own = new Set<number>();

/**
 * One process has the folder open at a time: two would write over each other's journal. The lock is a file that names its
 * process, so that the lock of a process that was killed can be told from one that is held.
 */
export class FolderLock {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #inode: number;

  private constructor(disk: Disk, path: string, inode: number) {
    this.#disk = disk;
    this.#path = path;
    this.#inode = inode;
  }

  /** @throws StoreError `locked`, and what the system throws */
  static async take(disk: Disk, folder: string): Promise<FolderLock> {
    const path = join(folder, 'lock');
    const mine = { pid: process.pid, process: await identify(process.pid), lockedAt: Date.now() };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const inode = await create(disk, path, mine);
      if (inode !== null) return new FolderLock(disk, path, inode);
      const found = await read(disk, path);
      if (found === null) continue;
      if (await isHeld(found)) throw lockedError(folder, found.owner);
      const taken = await takeOver(disk, path, found, mine);
      if (taken !== null) return new FolderLock(disk, path, taken);
    }
    throw lockedError(folder, null);
  }

  /** When the file cannot be removed it is known to be left behind. */
  async release(): Promise<void> {
    own.delete(this.#inode);
    await removeIfThere(this.#disk, this.#path);
  }
}

/** Null when the file is there already; otherwise its number. */
async function create(disk: Disk, path: string, mine: Omit<Owner, 'inode'>): Promise<number | null> {
  let file: DiskFile;
  try {
    file = await disk.open(path, 'new');
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
  try {
    const { inode } = await file.stat();
    const owner: Owner = { ...mine, inode };
    own.add(inode);
    try {
      await writeAll(file, Buffer.from(JSON.stringify(owner)), 0);
    } catch (error) {
      own.delete(inode);
      throw error;
    }
    return inode;
  } finally {
    await file.close();
  }
}

/**
 * Replaces a lock that was left behind. Others may try the same: whoever makes the file that is named after the lock may
 * replace that lock, and nobody else. Returns null when it has to be tried again.
 */
async function takeOver(disk: Disk, path: string, found: LockFile, mine: Omit<Owner, 'inode'>): Promise<number | null> {
  const claim = `${path}.${found.inode}`;
  const inode = await create(disk, claim, mine);
  if (inode === null) {
    const other = await read(disk, claim);
    if (other !== null && !(await isHeld(other))) await removeIfThere(disk, claim);
    return null;
  }
  let renamed = false;
  try {
    const now = await read(disk, path);
    if (now?.inode !== found.inode || now.content !== found.content) return null;
    await disk.rename(claim, path);
    renamed = true;
    return inode;
  } finally {
    if (!renamed) {
      own.delete(inode);
      await removeIfThere(disk, claim);
    }
  }
}

async function read(disk: Disk, path: string): Promise<LockFile | null> {
  for (let attempt = 1; ; attempt += 1) {
    let file: DiskFile;
    try {
      file = await disk.open(path, 'read');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
    try {
      const { size, inode } = await file.stat();
      const bytes = Buffer.alloc(size);
      await file.read(bytes, 0);
      const content = bytes.toString('utf8');
      const owner = parse(content);
      if (owner !== null || attempt === 2) return { content, inode, owner };
    } finally {
      await file.close();
    }
    await delay(PATIENCE);
  }
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

async function isHeld({ owner, inode }: LockFile): Promise<boolean> {
  if (owner === null || owner.inode !== inode) return false;
  return owner.pid === process.pid ? own.has(inode) : await lives(owner);
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
