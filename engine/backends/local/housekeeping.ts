import { randomUUID } from 'node:crypto';
import { ApiError } from '../../api/api-error.ts';
import type { ExecutionSummary } from '../../api/resources.ts';
import type { ExecutionDocument } from '../../core/document.ts';
import type { Commit } from '../../model/events.ts';
import type { Logger } from '../../model/logger.ts';
import { isCompleted } from '../../model/states.ts';
import type { Engine } from '../../runtime/engine.ts';
import { type Retention, RetentionKeeper } from '../../runtime/retention.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { readExecutionFile } from './execution-file.ts';
import { exportExecution } from './export-execution.ts';

export interface HousekeepingOptions {
  readonly store: Store<Commit, ExecutionDocument, ExecutionSummary>;
  readonly engine: Engine<ExecutionSummary>;
  readonly log: Logger;
  /** Deletes an execution that has ended, and tells. */
  readonly remove: (id: string) => Promise<void>;
  /** Tells of an execution that is new. */
  readonly tell: (execution: ExecutionSummary) => void;
}

/** What a local store needs and no server has: its size, what it keeps, copies of it, executions as files. */
export class Housekeeping {
  private readonly options: HousekeepingOptions;
  private readonly retention: RetentionKeeper;

  constructor(options: HousekeepingOptions) {
    const { store, engine, log, remove } = options;
    this.options = options;
    this.retention = new RetentionKeeper({
      executions: async () => (await store.search({ cursor: null, limit: Infinity })).summaries,
      // It may have been run again since it was looked at.
      remove: async (id) => {
        const now = await store.summary(id);
        if (now !== null && isCompleted(now.state)) await remove(id);
      },
      log,
    });
    engine.onCommit((tree, events) => {
      const isOver = events.some(
        (event) => (event.type === 'WorkflowEnded' || event.type === 'ActionCompleted') && event.id === tree.rootId,
      );
      if (isOver) this.retention.ended();
    });
  }

  /** What is kept of executions that have ended, from now on. Resolves when the others are deleted. */
  retain(retention: Retention): Promise<void> {
    return this.retention.set(retention);
  }

  /** In bytes, everything below the folder of the store. */
  async size(): Promise<{ readonly bytes: number; readonly executions: number }> {
    const { store } = this.options;
    const bytes = await answered(store.size());
    const { total } = await store.list({ cursor: null, limit: 0 });
    return { bytes, executions: total };
  }

  /**
   * Copies the store to an empty folder: see `Store.backUp`.
   *
   * @throws ApiError UNAVAILABLE, with a sentence
   */
  backUp(to: string): Promise<void> {
    return answered(this.options.store.backUp(to));
  }

  /**
   * One execution as the text of a file (execution-file.ts), in pieces.
   *
   * @throws ApiError NOT_FOUND or REFUSED, while the pieces are taken
   */
  async *export(id: string): AsyncGenerator<string> {
    const { store, engine } = this.options;
    const found = await answered(engine.durableState(id));
    const summary = await answered(store.summary(id));
    if (found === null || summary === null) {
      throw new ApiError('NOT_FOUND', 'This execution is not there any more.');
    }
    yield* exportExecution(store, found.tree, found.position, summary, Date.now());
  }

  /**
   * Takes up an execution from the content of such a file, under a new id; it runs nothing by itself.
   *
   * @throws ApiError INVALID when the file cannot be used: nothing is kept of it then
   */
  async import(bytes: Buffer): Promise<ExecutionSummary> {
    const { store, engine, tell } = this.options;
    const id = randomUUID();
    const { commits, logs } = await readExecutionFile(bytes, id, Date.now());
    await answered(engine.adopt(id, commits));
    for (const { action, entries } of logs) await answered(store.appendLog(id, action, entries));
    const summary = await answered(store.summary(id));
    if (summary === null) throw new ApiError('UNAVAILABLE', 'The execution could not be read again.');
    tell(summary);
    return summary;
  }

  /** After the machine slept. */
  lookAgain(): void {
    this.retention.lookAgain();
  }

  async close(): Promise<void> {
    await this.retention.close();
  }
}

async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError) throw new ApiError('UNAVAILABLE', error.message);
    throw error;
  }
}
