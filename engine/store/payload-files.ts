import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeJson, encodeJson } from '../model/json.ts';
import { type Disk, listIfThere, removeIfEmpty, removeIfThere, writeAll } from './disk.ts';
import { keepAside } from './keep-aside.ts';
import { hashOf, isHashed, type LargeValue, type Reference } from './large-values.ts';
import type { Problems } from './problems.ts';
import { reasonOf, StoreError } from './store-error.ts';

export interface PayloadFilesOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly durable: boolean;
  readonly problems: Problems;
  /** Milliseconds until a refused write is tried again. */
  readonly retryDelay: number;
}

const TROUBLE = 'payloads';

/**
 * Large values, each once: `payloads/<first two digits>/<sha256>.json` holds the JSON whose hash is its name. Beside it an
 * empty file `<sha256>.used-by.<execution>` stands for each execution that refers to it; with the last of them it goes.
 */
export class PayloadFiles {
  readonly #options: PayloadFilesOptions;
  /** What this process has made sure of: that a value, or that an execution refers to it, is on disk. */
  readonly #safe = new Set<string>();
  readonly #buckets = new Set<string>();
  /** What goes on with a value: a removal and a new use must not overtake each other. */
  readonly #busy = new Map<string, Promise<void>>();
  /** Who uses what; read from the folder when the first execution is deleted. */
  #users: { readonly by: Map<string, Set<string>>; readonly read: Promise<void> } | null = null;
  #closed = false;
  #made = 0;

  constructor(options: PayloadFilesOptions) {
    this.#options = options;
  }

  /**
   * Resolves once the values, and that the execution uses them, survive what a commit survives. When the disk refuses it
   * is tried again until there is room.
   *
   * @throws StoreError `closed`
   */
  async keep(id: string, values: readonly LargeValue[]): Promise<void> {
    for (;;) {
      try {
        await Promise.all(values.map((each) => this.#keep(id, each)));
        this.#options.problems.clear(TROUBLE);
        return;
      } catch (error) {
        const reason = reasonOf(error);
        if (this.#closed) throw new StoreError('closed', `The last changes could not be written: ${reason}.`, error);
        this.#options.problems.set(
          TROUBLE,
          'error',
          `Large values cannot be written: ${reason}. What needs them waits and goes on as soon as they can be; nothing is lost.`,
          this.#options.folder,
        );
        await delay(this.#options.retryDelay);
      }
    }
  }

  /**
   * The values that are referred to, by their hashes. In the place of one that cannot be read stands a sentence that says
   * so; it is reported.
   */
  async read(references: readonly Reference[]): Promise<{ readonly values: Map<string, unknown>; lost: number }> {
    const values = new Map<string, unknown>();
    let lost = 0;
    for (const [, sha256] of references) {
      if (values.has(sha256)) continue;
      try {
        values.set(sha256, await this.#read(sha256));
      } catch (error) {
        lost += 1;
        const path = this.#path(sha256);
        const message = `A large value cannot be read (${reasonOf(error)}). Executions that use it show this instead.`;
        this.#options.problems.set(`payload ${sha256}`, 'error', message, path);
        values.set(sha256, `This value could not be read from the disk: ${path}`);
      }
    }
    return { values, lost };
  }

  /** The execution is deleted: what only it has used is removed. */
  async release(id: string): Promise<void> {
    const used = await this.#usedBy(id);
    for (const sha256 of used) {
      await this.#alone(sha256, async () => {
        const { disk } = this.#options;
        const users = this.#users?.by.get(sha256);
        users?.delete(id);
        this.#safe.delete(`${sha256} ${id}`);
        await removeIfThere(disk, this.#userPath(sha256, id));
        if (users !== undefined && users.size > 0) return;
        this.#safe.delete(sha256);
        this.#users?.by.delete(sha256);
        await removeIfThere(disk, this.#path(sha256));
      });
    }
  }

  /** Folders in which every value was deleted. Before anything is kept. */
  async removeEmptyFolders(): Promise<void> {
    const { disk, folder } = this.#options;
    for (const bucket of await listIfThere(disk, folder)) await removeIfEmpty(disk, join(folder, bucket));
  }

  /** What waits for the disk is given up. */
  close(): void {
    this.#closed = true;
  }

  #keep(id: string, { sha256, value }: LargeValue): Promise<void> {
    const use = `${sha256} ${id}`;
    const users = this.#users?.by;
    users?.set(sha256, (users.get(sha256) ?? new Set()).add(id));
    if (this.#safe.has(use) && this.#safe.has(sha256)) return Promise.resolve();
    return this.#alone(sha256, async () => {
      if (this.#safe.has(use) && this.#safe.has(sha256)) return;
      const { disk } = this.#options;
      const bucket = await this.#makeBucket(sha256);
      if (!this.#safe.has(sha256)) await this.#write(sha256, encodeJson(value));
      await (await disk.open(this.#userPath(sha256, id), 'update')).close();
      // Both names at once. Also for a file that was there: whoever made it may have been killed before this.
      if (this.#options.durable) await disk.syncFolder(bucket);
      this.#safe.add(sha256).add(use);
    });
  }

  /** Beside and renamed, so that a file of this name is always whole. */
  async #write(sha256: string, text: string): Promise<void> {
    const { disk, durable } = this.#options;
    const bytes = Buffer.from(text);
    if (await this.#isThere(sha256, bytes)) return;
    this.#made += 1;
    const beside = `${this.#path(sha256)}.${this.#made}.tmp`;
    const file = await disk.open(beside, 'replace');
    try {
      await writeAll(file, bytes, 0);
      if (durable) await file.datasync();
    } finally {
      await file.close();
    }
    await disk.rename(beside, this.#path(sha256));
  }

  /** Once read: a file of this name may have been damaged since. It is kept aside, and what is used anew does not hang on it. */
  async #isThere(sha256: string, bytes: Buffer): Promise<boolean> {
    const { disk } = this.#options;
    const path = this.#path(sha256);
    if (!(await listIfThere(disk, this.#bucket(sha256))).includes(basename(path))) return false;
    try {
      if (bytes.equals(await disk.readFile(path))) return true;
    } catch {
      // What cannot be read is damaged too.
    }
    await keepAside(disk, path);
    return false;
  }

  async #read(sha256: string): Promise<unknown> {
    const bytes = await this.#options.disk.readFile(this.#path(sha256));
    if (hashOf(bytes) !== sha256) throw new Error('it is not what was written');
    const value = decodeJson(bytes.toString('utf8'));
    isHashed(value, sha256);
    return value;
  }

  async #usedBy(id: string): Promise<readonly string[]> {
    if (this.#users === null) {
      const by = new Map<string, Set<string>>();
      this.#users = { by, read: this.#readUsers(by) };
      // Tried again by the next deletion.
      this.#users.read.catch(() => {
        this.#users = null;
      });
    }
    const { by, read } = this.#users;
    await read;
    return [...by].filter(([, users]) => users.has(id)).map(([sha256]) => sha256);
  }

  async #readUsers(by: Map<string, Set<string>>): Promise<void> {
    const { disk, folder } = this.#options;
    for (const bucket of await listIfThere(disk, folder)) {
      for (const name of await disk.list(join(folder, bucket))) {
        const [, sha256, id] = /^([0-9a-f]{64})\.used-by\.([\w-]+)$/.exec(name) ?? [];
        if (sha256 !== undefined && id !== undefined) by.set(sha256, (by.get(sha256) ?? new Set()).add(id));
      }
    }
  }

  async #makeBucket(sha256: string): Promise<string> {
    const { disk, folder, durable } = this.#options;
    const bucket = this.#bucket(sha256);
    if (this.#buckets.has(bucket)) return bucket;
    await disk.makeFolder(bucket);
    if (durable) {
      await disk.syncFolder(folder);
      await disk.syncFolder(join(folder, '..'));
    }
    this.#buckets.add(bucket);
    return bucket;
  }

  /** One after the other, whatever becomes of the one before. */
  async #alone(sha256: string, work: () => Promise<void>): Promise<void> {
    const done = (this.#busy.get(sha256) ?? Promise.resolve()).then(work, work);
    this.#busy.set(sha256, done);
    try {
      await done;
    } finally {
      if (this.#busy.get(sha256) === done) this.#busy.delete(sha256);
    }
  }

  #bucket(sha256: string): string {
    return join(this.#options.folder, sha256.slice(0, 2));
  }

  #path(sha256: string): string {
    return join(this.#bucket(sha256), `${sha256}.json`);
  }

  #userPath(sha256: string, id: string): string {
    return join(this.#bucket(sha256), `${sha256}.used-by.${id}`);
  }
}
