import type { Logger } from '../model/logger.ts';
import type { ExecutionFiles } from './execution-files.ts';
import type { Histories } from './histories.ts';
import type { Journal } from './journal.ts';
import type { Tracked } from './ledger.ts';

/** What the files of an execution are made from. Nothing in it may change afterwards. */
export interface Snapshot<D, S> {
  /** Asked for only when it is going to be written, so it may be made then (a getter), a large one in slices. */
  readonly document: D | Promise<D>;
  readonly summary: S;
  /** How many commits of the execution the document contains. */
  readonly position: number;
  /** Nothing more is going to happen by itself: the document is written, however large it is. */
  readonly isFinal?: boolean;
}

export interface ExecutionWriterOptions {
  readonly journal: Journal;
  readonly files: ExecutionFiles;
  readonly histories: Histories;
  readonly log: Logger;
  /** Null when the caller does not hold the execution: then its commits stay in the journal. */
  readonly snapshot: (id: string) => Snapshot<unknown, unknown> | null;
  readonly retryDelay: number;
}

/** After a document was refused, others are tried for so many times the delay of a retry. */
const PATIENCE = 5;
/** After the files of an execution took a time to write, they are left alone for so many times that time. */
const REST = 10;

/**
 * Writes the files of one execution: what was committed is appended to its history, and its document is replaced when
 * that is worth it. Together they are the execution; a large document may be behind its history, so that writing costs
 * what has changed and not how large the execution is.
 */
export class ExecutionWriter {
  readonly #options: ExecutionWriterOptions;
  /** What is being written, or could not be: the caller may not hold the execution any more when it is tried again. */
  readonly #unwritten = new Map<Tracked, Snapshot<unknown, unknown>>();

  constructor(options: ExecutionWriterOptions) {
    this.#options = options;
  }

  /** Not synced. Returns false, without having written anything, when the caller does not hold the execution. */
  async write(tracked: Tracked): Promise<boolean> {
    const { journal, histories, retryDelay } = this.#options;
    const started = performance.now();
    tracked.restsUntil = started + retryDelay * PATIENCE;
    const snapshot = this.#take(tracked) ?? this.#unwritten.get(tracked) ?? null;
    if (snapshot === null) return false;
    this.#unwritten.set(tracked, snapshot);
    const { id } = tracked;
    const { position, summary } = snapshot;
    // Write-ahead: no file says anything that the journal does not have on disk.
    await tracked.committed;
    await journal.quiet();
    if (tracked.gone) return true;
    const { lines, size: added } = tracked.upTo(position);
    const replaces = snapshot.isFinal === true || tracked.isDocumentDue(added);
    const end = tracked.historyEnd;
    // An append that fails may leave anything behind.
    tracked.historyEnd = null;
    const [appended, replaced] = await Promise.allSettled([
      histories.append(id, lines, end),
      replaces ? this.#replace(tracked, snapshot, added) : null,
    ]);
    if (appended.status === 'rejected') throw appended.reason;
    tracked.historyEnd = appended.value;
    if (replaced.status === 'rejected') throw replaced.reason;
    if (tracked.gone) return true;
    this.#unwritten.delete(tracked);
    tracked.wrote(position, summary);
    if (replaced.value === null) tracked.behind += added;
    else tracked.replaced(replaced.value);
    tracked.restsUntil = performance.now() + (performance.now() - started) * REST;
    return true;
  }

  async #replace({ id, documentSize, behind }: Tracked, snapshot: Snapshot<unknown, unknown>, added: number) {
    const { journal, files } = this.#options;
    const { position, summary } = snapshot;
    const document = await snapshot.document;
    return files.write({ id, position, summary, document }, documentSize + behind + added, () => journal.quiet());
  }

  drop(tracked: Tracked): void {
    this.#unwritten.delete(tracked);
  }

  #take(tracked: Tracked): Snapshot<unknown, unknown> | null {
    try {
      return this.#options.snapshot(tracked.id);
    } catch (error) {
      this.#options.log.error(`The execution ${tracked.id} could not be written to its file.`, error);
      return null;
    }
  }
}
