import { decodeJson, encodeJson } from '../model/json.ts';
import { type Disk, type DiskFile, errorCode, writeAll } from './disk.ts';
import type { ExecutionFiles } from './execution-files.ts';

/** How large one of the two files of a log may become, in bytes. */
const LIMIT = 256 * 1024;

/**
 * What parts of an execution report while they are at work, beside its commits: `<bucket>/<id>.<part>.log`, one JSON
 * value a line. Of a log that grows, the newest 256 to 512 KiB are kept: a full file becomes the older of two.
 *
 * Nothing here is synced. What was appended survives the end of the process, and may be lost with the machine's power;
 * no commit depends on it. The files go with the other files of their execution.
 */
export class SideLogs {
  readonly #disk: Disk;
  readonly #files: ExecutionFiles;

  constructor(disk: Disk, files: ExecutionFiles) {
    this.#disk = disk;
    this.#files = files;
  }

  /** Appends in the order of the calls, if each waits for the one before. Rejects with the system's error. */
  async append(id: string, part: string, entries: readonly unknown[]): Promise<void> {
    await this.#files.makeBucket(id);
    const { current, older } = this.#files.logPaths(id, part);
    // The line before may have been torn by a crash: it must not take this one with it.
    const bytes = Buffer.from(`\n${entries.map((each) => encodeJson(each)).join('\n')}\n`);
    const file = await this.#disk.open(current, 'update');
    let size: number;
    try {
      ({ size } = await file.stat());
      await writeAll(file, bytes, size);
    } finally {
      await file.close();
    }
    if (size + bytes.length > LIMIT) await this.#disk.rename(current, older);
  }

  /** All that is kept, the oldest first; lines that cannot be read are left out. */
  async read(id: string, part: string): Promise<readonly unknown[]> {
    const { current, older } = this.#files.logPaths(id, part);
    // In this order: what is renamed in between is then read twice at worst, never missed.
    const newest = await this.#readFile(current);
    return [...(await this.#readFile(older)), ...newest];
  }

  async #readFile(path: string): Promise<readonly unknown[]> {
    let file: DiskFile;
    try {
      file = await this.#disk.open(path, 'read');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
    try {
      const bytes = Buffer.alloc((await file.stat()).size);
      const length = await file.read(bytes, 0);
      return bytes
        .subarray(0, length)
        .toString()
        .split('\n')
        .flatMap((line) => (line === '' ? [] : parsed(line)));
    } finally {
      await file.close();
    }
  }
}

function parsed(line: string): readonly unknown[] {
  try {
    return [decodeJson(line)];
  } catch {
    return [];
  }
}
