import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { encodeJson } from '../model/json.ts';
import { type ClosedIndex, closedIndexOf, decodeClosedIndex, encodeClosedIndex } from './closed-index.ts';
import { type Disk, errorCode, listIfThere, readInsisting, removeIfThere, syncFile, writeAll } from './disk.ts';
import type { ExecutionFiles } from './execution-files.ts';
import type { ExecutionList, Listed, Row } from './execution-list.ts';
import { type Format, newerError, upcastTo } from './format.ts';
import { areAsTheyWere, emptyPage, type Page } from './index-page.ts';
import { decodeLineAt, decodeLines, encodeLine } from './line.ts';
import type { Problems } from './problems.ts';
import { StoreError } from './store-error.ts';

/** What the index says of one execution: up to which commit its files are on disk, and its summary then. */
export interface IndexEntry {
  readonly position: number;
  readonly summary: unknown;
}

/** What was found when the store was opened. */
export interface ReadIndex {
  /** Everything is as the last closing left it. Otherwise executions may have files and not be in the index. */
  readonly isWhole: boolean;
  /** Those that the index knows not to have ended. */
  readonly goOn: readonly string[];
}

const PAGE_ENTRIES = 1000;
/** A page is written anew when so many of its lines, besides one for each execution, say nothing any more. */
const SPARE_LINES = 500;
/** Milliseconds of decoding after which others have their turn. */
const TURN = 4;
const CLOSED = 'closed.json';

/**
 * The summaries of all executions on disk, so that the list is there without reading their documents: pages of some
 * thousand executions, each a file to which newer summaries are appended. Derived from the documents: a page that cannot
 * be read is removed, and what stood in it is read from the documents again. What a page says of an execution is read when
 * somebody looks: of 50,000 that would be 22 MB in memory.
 */
export class IndexPages<S extends Listed> {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #files: ExecutionFiles;
  readonly #format: Format;
  readonly #problems: Problems;
  readonly #list: ExecutionList<S>;
  readonly #pages = new Map<number, Page>();
  /** Where those stand that are deleted, until the page says so. */
  readonly #forgotten = new Map<string, Page>();
  readonly #unsynced = new Set<Page>();
  #newest = 0;
  #lookedAtAll: Promise<void> | null = null;
  /** What the last closing said of those that have not been looked at since. */
  #goOn: ReadonlySet<string> = new Set();

  /** @param list is filled with what the pages say */
  constructor(
    disk: Disk,
    folder: string,
    files: ExecutionFiles,
    format: Format,
    problems: Problems,
    list: ExecutionList<S>,
  ) {
    this.#disk = disk;
    this.#folder = folder;
    this.#files = files;
    this.#format = format;
    this.#problems = problems;
    this.#list = list;
  }

  /** @throws StoreError `newer` */
  async read(goesOn: (summary: S) => boolean): Promise<ReadIndex> {
    await this.#disk.makeFolder(this.#folder);
    const names = (await listIfThere(this.#disk, this.#folder)).toSorted();
    const numbers: number[] = [];
    for (const name of names) {
      const number = Number(/^(\d+)\.ndjson$/.exec(name)?.[1] ?? 0);
      if (number > 0) numbers.push(number);
      else if (name.endsWith('.tmp')) await removeIfThere(this.#disk, join(this.#folder, name));
    }
    const closed = names.includes(CLOSED) ? await this.#readClosed(numbers) : null;
    if (closed !== null) return { isWhole: true, goOn: closed.goOn };
    for (const number of numbers) await this.#readPage(number);
    const goOn = [...this.#list.rows()]
      .filter((row) => row.indexed !== null && goesOn(row.indexed))
      .map((row) => row.id);
    return { isWhole: false, goOn };
  }

  /** What the last closing said is about to become untrue. */
  async opened(): Promise<void> {
    // If it stays, the pages will be different from what it says of them.
    await removeIfThere(this.#disk, join(this.#folder, CLOSED)).catch(() => {});
  }

  /**
   * Reads what the index says of these executions where nobody has looked at it yet, with pauses.
   *
   * @throws StoreError `unusable`
   */
  async look(rows: Iterable<Row<S>>): Promise<void> {
    const unread = new Map<Page, Row<S>[]>();
    for (const row of rows) if (row.indexed === null && row.page !== null) add(unread, row.page, row);
    for (const [page, wanted] of unread) await this.#lookInto(page, wanted);
  }

  /** The same of all that there are: what comes later has been looked at when it comes. */
  lookAtAll(): Promise<void> {
    this.#lookedAtAll ??= this.look(this.#list.rows()).catch((error: unknown) => {
      this.#lookedAtAll = null;
      throw error;
    });
    return this.#lookedAtAll;
  }

  async #lookInto(page: Page, rows: readonly Row<S>[]): Promise<void> {
    const path = this.#path(page.number);
    const bytes = await readInsisting(this.#disk, path).catch(() => null);
    let isLost = false;
    let turn = performance.now();
    for (const row of rows) {
      // Somebody else may have looked meanwhile; whoever writes the page anew does so before lines change their places.
      if (row.indexed !== null) continue;
      const summary = (bytes === null ? null : this.#summaryIn(bytes, row)) ?? (await this.#summaryInDocument(row.id));
      row.indexed ??= summary;
      isLost ||= row.indexed === null;
      if (performance.now() - turn < TURN) continue;
      await endOfTurn();
      turn = performance.now();
    }
    if (isLost) throw lostPage(path);
  }

  /** Null when the page is not what it was when the store was opened. */
  #summaryIn(bytes: Buffer, { id, at }: Row<S>): S | null {
    const line = decodeLineAt(bytes, at);
    if (line?.execution !== id || line.summary === undefined) return null;
    const summary = upcastTo(this.#format, 'summary', line.summary, line.v, this.#folder) as S;
    shareId(summary, id);
    return summary;
  }

  async #summaryInDocument(id: string): Promise<S | null> {
    const read = await this.#files.read(id).catch(() => null);
    return read === null ? null : (read.stored.summary as S);
  }

  /**
   * Makes the next start quick. Not synced: what a power loss leaves of it is known to be useless.
   *
   * @throws what the system throws
   */
  async close(goesOn: (summary: S) => boolean): Promise<void> {
    const pages = [...this.#pages.values()].filter((page) => page.count > 0);
    if (pages.some((page) => page.broken)) return;
    const path = join(this.#folder, CLOSED);
    const isOn = (row: Row<S>): boolean => (row.indexed === null ? this.#goOn.has(row.id) : goesOn(row.indexed));
    const text = encodeClosedIndex(closedIndexOf(this.#format.version, pages, this.#list, isOn));
    const file = await this.#disk.open(`${path}.tmp`, 'replace');
    try {
      await writeAll(file, Buffer.from(text), 0);
    } finally {
      await file.close();
    }
    await this.#disk.rename(`${path}.tmp`, path);
  }

  /** Up to which commit the files of an execution are on disk, as far as the index says; else 0. */
  position(id: string): number {
    return this.#list.row(id)?.position ?? 0;
  }

  /** Takes an execution out of what is in memory; the pages follow with `write`. */
  forget(id: string): void {
    const page = this.#list.row(id)?.page ?? null;
    if (page !== null) this.#forgotten.set(id, page);
    this.#list.delete(id);
  }

  /**
   * Writes what has changed for these executions; null removes one, from the list too. Not synced: until `sync`, the
   * journal still has what a power loss may take from here.
   */
  async write(changes: ReadonlyMap<string, IndexEntry | null>): Promise<void> {
    const byPage = new Map<Page, Line<S>[]>();
    for (const [id, entry] of changes) {
      if (entry !== null) {
        const row = this.#place(id, entry);
        add(byPage, row.page, { row, bytes: this.#encode(row, row.indexed) });
        continue;
      }
      if (!this.#forgotten.has(id)) this.forget(id);
      const page = this.#forgotten.get(id);
      if (page === undefined) continue;
      this.#forgotten.delete(id);
      page.count -= 1;
      const bytes = encodeLine({ version: this.#format.version, id, position: 1, type: 'deleted' }, 'true');
      add(byPage, page, { row: null, bytes });
    }
    for (const [page, lines] of byPage) await this.#append(page, lines);
  }

  /** What has been written survives a power loss once this has resolved. */
  async sync(): Promise<void> {
    if (this.#unsynced.size === 0) return;
    for (const page of this.#unsynced) {
      await syncFile(this.#disk, this.#path(page.number));
      this.#unsynced.delete(page);
    }
    await this.#disk.syncFolder(this.#folder);
  }

  /** Null when it is not there, cannot be read, or something has changed since. Otherwise the list has what it says. */
  async #readClosed(numbers: readonly number[]): Promise<ClosedIndex | null> {
    try {
      const bytes = await this.#disk.readFile(join(this.#folder, CLOSED));
      const closed = decodeClosedIndex(bytes, this.#format.version);
      if (closed === null || closed.pages.length !== numbers.length) return null;
      const pages = closed.pages.map(([number, size, lines, crc]) => ({ ...emptyPage(number), size, lines, crc }));
      const checking = areAsTheyWere(
        this.#disk,
        pages.map((page) => [this.#path(page.number), page]),
      );
      // While the disk reads.
      const rows = rowsOf<S>(closed, pages);
      if (!(await checking)) return null;
      for (const { page } of rows) if (page !== null) page.count += 1;
      this.#goOn = new Set(closed.goOn);
      for (const page of pages) {
        this.#pages.set(page.number, page);
        this.#newest = Math.max(this.#newest, page.number);
      }
      this.#list.fill(rows);
      return closed;
    } catch {
      // The pages are read as if there were no such file, and say what is wrong with them.
      return null;
    }
  }

  async #readPage(number: number): Promise<void> {
    const path = this.#path(number);
    const bytes = await this.#readFile(path);
    const page = emptyPage(number);
    const found = new Map<string, Pick<Row<S>, 'at' | 'position'> & { readonly indexed: S }>();
    this.#newest = Math.max(this.#newest, number);
    if (bytes === null) return this.#dropPage(path);
    for (const { end, line } of decodeLines(bytes)) {
      if (line === null) return this.#dropPage(path);
      const { v: version, execution: id, n: position, summary } = line;
      if (version > this.#format.version) throw newerError(path);
      const indexed = upcastTo(this.#format, 'summary', summary, version, path) as S;
      if (line.deleted === true) found.delete(id);
      else found.set(id, { at: page.size, position, indexed });
      page.lines += 1;
      page.size = end;
    }
    page.broken = page.size < bytes.length;
    page.crc = crc32(bytes.subarray(0, page.size));
    page.count = found.size;
    this.#pages.set(number, page);
    for (const [id, each] of found) {
      const row = Object.assign(this.#list.make(id), each, { page });
      this.#list.show(row, each.indexed.createdAt);
    }
  }

  /** Null when the disk cannot read it. */
  async #readFile(path: string): Promise<Buffer | null> {
    try {
      return await readInsisting(this.#disk, path);
    } catch (error) {
      if (errorCode(error) === 'EIO') return null;
      throw error;
    }
  }

  async #dropPage(path: string): Promise<void> {
    await this.#disk.remove(path);
    const message =
      'A page of the list of executions was damaged. It is made again from the documents; nothing is lost.';
    this.#problems.add('warning', message, path);
  }

  /** Its row with what it says now, in the page where it has always been or in the newest one. */
  #place(id: string, { position, summary }: IndexEntry): Row<S> & { readonly page: Page; readonly indexed: S } {
    const row = this.#list.make(id);
    let page = row.page ?? this.#forgotten.get(id) ?? null;
    this.#forgotten.delete(id);
    if (page === null) {
      page = this.#pageForNew();
      page.count += 1;
    }
    this.#list.show(row, (summary as S).createdAt);
    return Object.assign(row, { page, position, indexed: summary as S });
  }

  #pageForNew(): Page {
    const newest = this.#pages.get(this.#newest);
    if (newest !== undefined && newest.count < PAGE_ENTRIES) return newest;
    this.#newest += 1;
    const page = emptyPage(this.#newest);
    this.#pages.set(page.number, page);
    return page;
  }

  async #append(page: Page, lines: readonly Line<S>[]): Promise<void> {
    this.#unsynced.add(page);
    if (page.count === 0) return this.#remove(page);
    if (page.broken || page.lines + lines.length > 2 * page.count + SPARE_LINES) return this.#rewrite(page);
    page.broken = true;
    const file = await this.#disk.open(this.#path(page.number), 'update');
    try {
      await this.#put(file, page, lines);
    } finally {
      await file.close();
    }
    page.broken = false;
  }

  /** Its last execution was deleted. */
  async #remove(page: Page): Promise<void> {
    await removeIfThere(this.#disk, this.#path(page.number));
    Object.assign(page, emptyPage(page.number));
  }

  async #rewrite(page: Page): Promise<void> {
    const rows = [...this.#list.rows()].filter((row) => row.page === page);
    // What cannot be read any more has no line then.
    await this.look(rows).catch(() => {});
    const lines: Line<S>[] = [];
    for (const row of rows) if (row.indexed !== null) lines.push({ row, bytes: this.#encode(row, row.indexed) });
    page.broken = true;
    const path = this.#path(page.number);
    const file = await this.#disk.open(`${path}.tmp`, 'replace');
    const written = emptyPage(page.number);
    try {
      await this.#put(file, written, lines);
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#disk.rename(`${path}.tmp`, path);
    const { lines: count, size, crc } = written;
    Object.assign(page, { lines: count, size, crc, broken: false });
  }

  /** Writes the lines behind what the page has. */
  async #put(file: Awaited<ReturnType<Disk['open']>>, page: Page, lines: readonly Line<S>[]): Promise<void> {
    const all = Buffer.concat(lines.map(({ bytes }) => bytes));
    await writeAll(file, all, page.size);
    for (const { row, bytes } of lines) {
      if (row !== null) row.at = page.size;
      page.size += bytes.length;
    }
    page.crc = crc32(all, page.crc);
    page.lines += lines.length;
  }

  #encode({ id, position }: Row<S>, summary: S): Buffer {
    return encodeLine({ version: this.#format.version, id, position, type: 'summary' }, encodeJson(summary));
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(5, '0')}.ndjson`);
  }
}

/** The rows of all executions, in the order of the list. */
function rowsOf<S>({ ids, createdAt, page, at, positions }: ClosedIndex, pages: readonly Page[]): Row<S>[] {
  return ids.map((id, index) => ({
    id,
    createdAt: createdAt[index] as number,
    isListed: true,
    shown: null,
    page: pages[page[index] as number] as Page,
    at: at[index] as number,
    indexed: null,
    position: positions[index] as number,
    isGone: false,
  }));
}

/** A summary names its execution, perhaps more than once: of 50,000 that is megabytes. */
function shareId(summary: object, id: string): void {
  for (const [key, value] of Object.entries(summary)) {
    if (value === id) Object.defineProperty(summary, key, { value: id });
  }
}

/** `row`: null in the line that says that one was deleted. */
interface Line<S> {
  readonly row: Row<S> | null;
  readonly bytes: Buffer;
}

function add<T>(byPage: Map<Page, T[]>, page: Page, item: T): void {
  const items = byPage.get(page);
  if (items === undefined) byPage.set(page, [item]);
  else items.push(item);
}

function lostPage(path: string): StoreError {
  const message = `The list of executions cannot be read: something else has changed or removed “${path}” while Windrose was running. Start Windrose again: what can be read of the executions is listed then.`;
  return new StoreError('unusable', message);
}
