import { join } from 'node:path';
import { encodeJson } from '../model/json.ts';
import { type Disk, errorCode, listIfThere, readInsisting, removeIfThere, syncFile, writeAll } from './disk.ts';
import { type Format, newerError, upcastTo } from './format.ts';
import { decodeLines, encodeLine } from './line.ts';
import type { Problems } from './problems.ts';

/** What the index says of one execution: up to which commit its files are on disk, and its summary then. */
export interface IndexEntry {
  readonly position: number;
  readonly summary: unknown;
}

interface Page {
  readonly ids: Set<string>;
  lines: number;
  size: number;
  /** The file does not end where it should: it is written anew with the next change. */
  broken: boolean;
}

const PAGE_ENTRIES = 1000;
/** A page is written anew when so many of its lines, besides one for each execution, say nothing any more. */
const SPARE_LINES = 500;

/**
 * The summaries of all executions on disk, so that the list is there without reading their documents: pages of some
 * thousand executions, each a file to which newer summaries are appended. Derived from the documents: a page that cannot
 * be read is removed, and what stood in it is read from the documents again.
 */
export class IndexPages {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #format: Format;
  readonly #problems: Problems;
  readonly #entries = new Map<string, IndexEntry>();
  readonly #pageOf = new Map<string, number>();
  readonly #pages = new Map<number, Page>();
  readonly #unsynced = new Set<number>();
  #newest = 0;

  constructor(disk: Disk, folder: string, format: Format, problems: Problems) {
    this.#disk = disk;
    this.#folder = folder;
    this.#format = format;
    this.#problems = problems;
  }

  /** @throws StoreError `newer` */
  async read(): Promise<void> {
    await this.#disk.makeFolder(this.#folder);
    const names = await listIfThere(this.#disk, this.#folder);
    for (const name of [...names].sort()) {
      const number = Number(/^(\d+)\.ndjson$/.exec(name)?.[1] ?? 0);
      if (number > 0) await this.#readPage(number, join(this.#folder, name));
      else if (name.endsWith('.tmp')) await removeIfThere(this.#disk, join(this.#folder, name));
    }
  }

  entries(): ReadonlyMap<string, IndexEntry> {
    return this.#entries;
  }

  /** Null for what is not in the index, or no longer. */
  get(id: string): IndexEntry | null {
    return this.#entries.get(id) ?? null;
  }

  /** Takes an execution out of what is in memory; the pages follow with `write`. */
  forget(id: string): void {
    this.#entries.delete(id);
  }

  /**
   * Writes what has changed for these executions; null removes one. Not synced: until `sync`, the journal still has what a
   * power loss may take from here.
   */
  async write(changes: ReadonlyMap<string, IndexEntry | null>): Promise<void> {
    const byPage = new Map<number, string[]>();
    for (const [id, entry] of changes) {
      const known = this.#pageOf.get(id);
      if (entry === null) {
        this.#entries.delete(id);
        if (known === undefined) continue;
        this.#pageOf.delete(id);
        this.#pages.get(known)?.ids.delete(id);
        add(byPage, known, encodeLine({ version: this.#format.version, id, position: 1, type: 'deleted' }, 'true'));
        continue;
      }
      const number = known ?? this.#pageForNew(id);
      this.#entries.set(id, entry);
      add(byPage, number, this.#encode(id, entry));
    }
    for (const [number, lines] of byPage) await this.#append(number, lines);
  }

  /** What has been written survives a power loss once this has resolved. */
  async sync(): Promise<void> {
    if (this.#unsynced.size === 0) return;
    for (const number of this.#unsynced) {
      await syncFile(this.#disk, this.#path(number));
      this.#unsynced.delete(number);
    }
    await this.#disk.syncFolder(this.#folder);
  }

  async #readPage(number: number, path: string): Promise<void> {
    const bytes = await this.#readFile(path);
    const page: Page = { ids: new Set(), lines: 0, size: 0, broken: false };
    const found = new Map<string, IndexEntry>();
    this.#newest = Math.max(this.#newest, number);
    if (bytes === null) return this.#dropPage(path);
    for (const { end, line } of decodeLines(bytes)) {
      if (line === null) return this.#dropPage(path);
      const { v: version, execution: id, n: position, summary } = line;
      if (version > this.#format.version) throw newerError(path);
      page.lines += 1;
      page.size = end;
      if (line.deleted === true) found.delete(id);
      else found.set(id, { position, summary: upcastTo(this.#format, 'summary', summary, version, path) });
    }
    page.broken = page.size < bytes.length;
    for (const [id, entry] of found) {
      page.ids.add(id);
      this.#entries.set(id, entry);
      this.#pageOf.set(id, number);
    }
    this.#pages.set(number, page);
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

  #pageForNew(id: string): number {
    const newest = this.#pages.get(this.#newest);
    if (newest === undefined || newest.ids.size >= PAGE_ENTRIES) this.#newest += 1;
    this.#pageOf.set(id, this.#newest);
    this.#page(this.#newest).ids.add(id);
    return this.#newest;
  }

  #page(number: number): Page {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    const page: Page = { ids: new Set(), lines: 0, size: 0, broken: false };
    this.#pages.set(number, page);
    return page;
  }

  async #append(number: number, lines: readonly string[]): Promise<void> {
    const page = this.#page(number);
    this.#unsynced.add(number);
    if (page.ids.size === 0) return this.#remove(number, page);
    if (page.broken || page.lines + lines.length > 2 * page.ids.size + SPARE_LINES) return this.#rewrite(number, page);
    const bytes = Buffer.from(lines.join(''));
    page.broken = true;
    const file = await this.#disk.open(this.#path(number), 'update');
    try {
      await writeAll(file, bytes, page.size);
    } finally {
      await file.close();
    }
    page.broken = false;
    page.size += bytes.length;
    page.lines += lines.length;
  }

  /** Its last execution was deleted. */
  async #remove(number: number, page: Page): Promise<void> {
    await removeIfThere(this.#disk, this.#path(number));
    page.broken = false;
    page.size = 0;
    page.lines = 0;
  }

  async #rewrite(number: number, page: Page): Promise<void> {
    const lines: string[] = [];
    for (const id of page.ids) {
      const entry = this.#entries.get(id);
      if (entry !== undefined) lines.push(this.#encode(id, entry));
    }
    const bytes = Buffer.from(lines.join(''));
    page.broken = true;
    const path = this.#path(number);
    const file = await this.#disk.open(`${path}.tmp`, 'replace');
    try {
      await writeAll(file, bytes, 0);
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#disk.rename(`${path}.tmp`, path);
    page.broken = false;
    page.size = bytes.length;
    page.lines = lines.length;
  }

  #encode(id: string, entry: IndexEntry): string {
    const head = { version: this.#format.version, id, position: entry.position, type: 'summary' } as const;
    return encodeLine(head, encodeJson(entry.summary));
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(5, '0')}.ndjson`);
  }
}

function add(byPage: Map<number, string[]>, page: number, line: string): void {
  const lines = byPage.get(page);
  if (lines === undefined) byPage.set(page, [line]);
  else lines.push(line);
}
