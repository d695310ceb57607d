import { basename, dirname } from 'node:path';
import { Low } from 'lowdb';
import { type Disk, listIfThere } from './disk.ts';
import { DurableAdapter } from './durable-adapter.ts';
import type { Problems } from './problems.ts';
import { closedError, reasonOf, StoreError } from './store-error.ts';

/** What a document of its own, such as the catalog or the settings, is made of. */
export interface DocumentKind<T> {
  readonly version: number;
  /** What is used while there is no file. */
  readonly defaults: T;
  /**
   * Checks what the file holds, and brings what an older version wrote up to date. Whatever it throws means that the file
   * is damaged.
   */
  readonly parse: (data: unknown, version: number) => T;
}

interface Update<T> {
  readonly change: (data: T) => T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A small document that is held in memory and replaced as a whole. A copy of it stands beside it, as `<name>.copy`: what
 * a person has made and nothing else could give back must not hang on one file.
 */
export class DocumentFile<T extends object> {
  readonly #low: Low<T>;
  readonly #copy: DurableAdapter<T>;
  readonly #path: string;
  /** What the file holds. */
  #data: T;
  #waiting: Update<T>[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;

  private constructor(low: Low<T>, copy: DurableAdapter<T>, path: string) {
    this.#low = low;
    this.#copy = copy;
    this.#path = path;
    this.#data = low.data;
  }

  /**
   * A damaged file is kept aside and reported, and its copy is used; without one, the defaults.
   *
   * @throws StoreError `newer` or `unusable`
   */
  static async open<T extends object>(
    disk: Disk,
    path: string,
    kind: DocumentKind<T>,
    problems: Problems,
  ): Promise<DocumentFile<T>> {
    const copyPath = `${path}.copy`;
    const hasCopy = await isThere(disk, copyPath);
    const adapterOf = (file: string, sync: 'now' | 'later', instead: string): DurableAdapter<T> =>
      new DurableAdapter<T>({
        disk,
        path: file,
        problems,
        version: kind.version,
        decode: (content, version) => kind.parse(content.data, version),
        encode: (data) => ({ data }),
        sync,
        changedContent: 'use',
        instead,
        expectedSize: null,
      });
    const without = 'Windrose goes on as if it had never been there.';
    const adapter = adapterOf(path, 'now', hasCopy ? 'Its copy is used instead.' : without);
    const copy = adapterOf(copyPath, 'later', without);
    const low = new Low<T>(adapter, kind.defaults);
    await low.read();
    const saved = low.data === kind.defaults && hasCopy ? await copy.read() : null;
    if (saved !== null) {
      low.data = saved;
      // Tried again by the next update: until then the copy is what there is.
      await low.write().catch(() => {});
      const message = `“${basename(path)}” was made again from its copy. Nothing is missing, but for a change that was made in the last moment before the damage.`;
      problems.add('warning', message, path);
    }
    return new DocumentFile(low, copy, path);
  }

  /** What is on disk: an update shows once it has been written. Never changed in place. */
  get data(): T {
    return this.#data;
  }

  /**
   * Resolves once the changed document survives a power loss. Updates are applied in the order of the calls, and those
   * that are made while the file is being written are written together. Rejected with what `change` throws.
   *
   * @throws StoreError `unusable` when the file could not be written; then the document is what it was. `closed`
   */
  update(change: (data: T) => T): Promise<void> {
    if (this.#closed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** Refuses further updates and resolves when those that were made are on disk. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const updates = this.#waiting;
      this.#waiting = [];
      const applied: Update<T>[] = [];
      let changed = this.#data;
      for (const update of updates) {
        try {
          changed = update.change(changed);
          applied.push(update);
        } catch (error) {
          update.reject(error);
        }
      }
      try {
        this.#low.data = changed;
        await this.#low.write();
        this.#data = changed;
        for (const update of applied) update.resolve();
        // Not synced, and not missed if it fails: the file itself is on disk, and the next update writes both.
        await this.#copy.write(changed).catch(() => {});
      } catch (error) {
        const reason = `“${basename(this.#path)}” could not be saved: ${reasonOf(error)}.`;
        for (const update of applied) update.reject(new StoreError('unusable', reason, error));
      }
    }
    this.#writing = null;
  }
}

async function isThere(disk: Disk, path: string): Promise<boolean> {
  try {
    return (await listIfThere(disk, dirname(path))).includes(basename(path));
  } catch (error) {
    throw new StoreError('unusable', `“${dirname(path)}” cannot be read: ${reasonOf(error)}.`, error);
  }
}
