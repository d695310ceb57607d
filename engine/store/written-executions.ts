import type { ExecutionFiles } from './execution-files.ts';
import type { Listed } from './execution-list.ts';
import type { IndexEntry, IndexPages } from './index-pages.ts';
import type { Journal } from './journal.ts';
import type { PendingLine, Tracked } from './ledger.ts';
import type { Problems } from './problems.ts';
import { reasonOf } from './store-error.ts';

export interface WrittenExecutionsOptions {
  readonly journal: Journal;
  readonly files: ExecutionFiles;
  readonly pages: Pick<IndexPages<Listed>, 'write' | 'sync'>;
  readonly problems: Problems;
  /** Everything of the execution is in synced files: nothing has to be kept in mind any more. */
  readonly settled: (tracked: Tracked) => void;
}

const SYNC_BATCH = 256;
const TROUBLE = 'sync';

/**
 * Executions whose files were written and not synced yet. Only once they are synced, and in the index, the journal lets go
 * of their lines.
 */
export class WrittenExecutions {
  readonly #options: WrittenExecutionsOptions;
  readonly #unsynced = new Set<Tracked>();

  constructor(options: WrittenExecutionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#unsynced.size;
  }

  add(tracked: Tracked): void {
    if (!tracked.distrusted && !tracked.gone) this.#unsynced.add(tracked);
  }

  drop(tracked: Tracked): void {
    this.#unsynced.delete(tracked);
  }

  /** Some of them. */
  async sync(): Promise<void> {
    const { files, pages, journal, settled } = this.#options;
    const batch = [...this.#unsynced].slice(0, SYNC_BATCH);
    const entries = new Map<string, IndexEntry>();
    for (const tracked of batch) if (tracked.written !== null) entries.set(tracked.id, tracked.written);
    try {
      await files.sync([...entries.keys()], () => journal.quiet());
    } catch (error) {
      this.#distrust(batch, error);
      return;
    }
    // What was deleted meanwhile must not come back to the index.
    for (const { id, gone } of batch) if (gone) entries.delete(id);
    await pages.write(entries);
    for (const tracked of batch) {
      if (tracked.gone) continue;
      this.#unsynced.delete(tracked);
      for (const [segment, lines] of tracked.unsynced) journal.release(segment, lines);
      tracked.unsynced.clear();
      if (tracked.lines.length === 0) settled(tracked);
    }
  }

  /** Removes the files of a deleted execution; the journal may forget it then. */
  async remove(tracked: Tracked, tombstone: PendingLine): Promise<void> {
    const { files, pages, journal } = this.#options;
    await pages.write(new Map([[tracked.id, null]]));
    await files.remove(tracked.id);
    for (const line of [...tracked.lines, tombstone]) journal.release(line.segment, 1);
    for (const [segment, lines] of tracked.unsynced) journal.release(segment, lines);
  }

  /** What the segments held is in synced files; the index is what is left to sync. */
  async removeSegments(): Promise<void> {
    await this.#options.pages.sync();
    await this.#options.journal.removeReleased();
  }

  /**
   * Once a file could not be synced, a later sync may succeed without its content being on the disk. So these executions
   * stay in the journal until the next start reads them from there.
   */
  #distrust(batch: readonly Tracked[], error: unknown): void {
    for (const tracked of batch) {
      this.#unsynced.delete(tracked);
      tracked.distrusted = true;
    }
    this.#options.problems.set(
      TROUBLE,
      'error',
      `Some files of executions may not be safe on the disk: ${reasonOf(error)}. The journal keeps what is in them until Windrose is started again.`,
      null,
    );
  }
}
