import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Logger } from '../../../engine/model/logger.ts';
import { errorCode } from '../../../engine/store/disk.ts';
import { openStore, type StoreOptions } from '../../../engine/store/open-store.ts';
import type { Store } from '../../../engine/store/store.ts';

export interface Summary {
  readonly createdAt: number;
  readonly count: number;
}

export type ListStore = Store<string, readonly string[], Summary>;

export const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} };

/** A folder of its own for one test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'windrose-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The folder as a crash at this moment would leave it. Copied anew when a file was renamed while it was copied. */
export async function crashed(folder: string): Promise<string> {
  for (;;) {
    const copy = await temporaryFolder();
    try {
      await cp(folder, copy, { recursive: true });
      return copy;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}

/** All files below a folder, relative to it. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/**
 * The smallest engine that a store can have: an execution is a list of words, a commit adds one word, the document is the
 * whole list.
 */
export class Lists {
  readonly store: ListStore;
  readonly unfinished: readonly string[];
  readonly #words = new Map<string, string[]>();
  readonly #createdAt = new Map<string, number>();
  /** Off: documents are not asked for, everything stays in the journal. */
  holds = true;
  /** Executions of which the store is told that nothing more is going to happen. */
  readonly ended = new Set<string>();

  private constructor(store: ListStore, unfinished: readonly string[]) {
    this.store = store;
    this.unfinished = unfinished;
    store.onCheckpoint((id) => {
      const words = this.#words.get(id);
      return words === undefined || !this.holds
        ? null
        : {
            document: [...words],
            summary: this.#summary(id, words),
            position: words.length,
            isFinal: this.ended.has(id),
          };
    });
  }

  /** Opens the store and loads what was unfinished, also what is found when the list is compared with the files. */
  static async open(folder: string, options: Partial<StoreOptions<Summary>> = {}): Promise<Lists> {
    const { store, unfinished } = await openStore<string, readonly string[], Summary>(folder, {
      durability: 'durable',
      goesOn: () => false,
      log: silent,
      format: { version: 1, upcast: (_kind, value) => value },
      ...options,
    });
    const lists = new Lists(store, unfinished);
    onTestFinished(() => store.close());
    try {
      for (const id of [...unfinished, ...(await store.check()).unfinished]) await lists.load(id);
    } catch (error) {
      await store.close();
      throw error;
    }
    return lists;
  }

  /** Resolves when the word is committed. */
  async add(id: string, word: string): Promise<void> {
    const words = this.#words.get(id) ?? [];
    this.#words.set(id, words);
    words.push(word);
    const committed = this.store.commit(id, word);
    this.store.summarize(id, this.#summary(id, words));
    await committed;
  }

  /** The words of an execution as the store has them; null when it has no such execution. */
  async load(id: string): Promise<readonly string[] | null> {
    const loaded = await this.store.load(id);
    if (loaded === null) return null;
    const words = [...(loaded.document ?? []), ...loaded.commits];
    const listed = await this.store.summary(id);
    if (listed !== null) this.#createdAt.set(id, listed.createdAt);
    this.#words.set(id, words);
    this.store.summarize(id, this.#summary(id, words));
    return words;
  }

  #summary(id: string, words: readonly string[]): Summary {
    const createdAt = this.#createdAt.get(id) ?? this.#createdAt.size + 1;
    this.#createdAt.set(id, createdAt);
    return { createdAt, count: words.length };
  }
}
