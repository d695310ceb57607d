import { join } from 'node:path';
import { Low } from 'lowdb';
import { type Disk, listIfThere, removeIfEmpty, removeIfThere, syncFile, writeAll } from './disk.ts';
import { readHead } from './document-head.ts';
import { DurableAdapter, type DurableAdapterOptions } from './durable-adapter.ts';
import { type Format, upcastTo } from './format.ts';
import { restore } from './large-values.ts';
import type { PayloadFiles } from './payload-files.ts';
import type { Problems } from './problems.ts';
import { StoreError } from './store-error.ts';

/** What a document file of an execution holds. */
export interface StoredDocument {
  /** The execution's id; a file that was copied under another name is known by it. */
  readonly id: string;
  /** How many commits of the execution it contains. */
  readonly position: number;
  readonly summary: unknown;
  readonly document: unknown;
}

export interface ReadDocument {
  readonly stored: StoredDocument;
  /** Bytes. */
  readonly size: number;
  /** Large values that could not be read: sentences stand in their places. */
  readonly lostValues: number;
}

/**
 * The documents of the executions: `<bucket>/<id>.json`, one per execution tree. Where these files are, and how they are
 * read and written; not when. A document may be behind its history.
 *
 * A document is renamed into place without being synced, because the journal holds its commits until `sync` has been
 * called for it. If a power loss comes in between, the document can be damaged; it is then made again from the history and
 * the journal.
 */
export class ExecutionFiles {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #format: Format;
  readonly #problems: Problems;
  readonly #payloads: PayloadFiles;
  readonly #buckets = new Set<string>();
  #madeBuckets = false;

  constructor(disk: Disk, folder: string, format: Format, problems: Problems, payloads: PayloadFiles) {
    this.#disk = disk;
    this.#folder = folder;
    this.#format = format;
    this.#problems = problems;
    this.#payloads = payloads;
  }

  documentPath(id: string): string {
    return this.#path(id, 'json');
  }

  historyPath(id: string): string {
    return this.#path(id, 'history.ndjson');
  }

  /** What a part of the execution reports, in two files; they go with the others. */
  logPaths(id: string, part: string): { readonly current: string; readonly older: string } {
    if (!ID.test(part)) throw strangeId();
    return { current: this.#path(id, `${part}.log`), older: this.#path(id, `${part}.older.log`) };
  }

  /** Ids come from outside too: none of them leads out of the folder. */
  #path(id: string, ending: string): string {
    if (!ID.test(id)) throw strangeId();
    return join(this.#folder, bucketOf(id), `${id}.${ending}`);
  }

  /**
   * Tells of each execution that has a document or a history. Files that a crash left half written are removed, and empty
   * folders: nobody may be about to write.
   */
  async scan(found: (id: string, has: 'document' | 'history') => void): Promise<void> {
    const buckets = (await listIfThere(this.#disk, this.#folder)).filter((name) => BUCKET.test(name));
    await inParallel(buckets, async (bucket) => {
      const folder = join(this.#folder, bucket);
      const names = await this.#disk.list(folder);
      if (names.length === 0 && (await removeIfEmpty(this.#disk, folder))) {
        this.#buckets.delete(bucket);
        return;
      }
      this.#buckets.add(bucket);
      for (const name of names) {
        if (name.endsWith('.tmp')) await removeIfThere(this.#disk, join(folder, name));
        else if (name.endsWith('.history.ndjson')) found(name.slice(0, -'.history.ndjson'.length), 'history');
        else if (name.endsWith('.json')) found(name.slice(0, -'.json'.length), 'document');
      }
    });
  }

  /**
   * Null when there is no document or it was damaged; then it has been kept aside and reported.
   *
   * @throws StoreError `newer` or `unusable`
   */
  async read(id: string): Promise<ReadDocument | null> {
    let lostValues = 0;
    const { low, adapter } = this.#low(id, { expectedSize: null }, (lost) => {
      lostValues = lost;
    });
    await low.read();
    return low.data === NOTHING ? null : { stored: low.data, size: adapter.size, lostValues };
  }

  /** What a large document begins with, unchecked: `readHead`. */
  async head(id: string): Promise<Pick<StoredDocument, 'position' | 'document'> | null> {
    const head = await readHead(this.#disk, this.documentPath(id), this.#format.version);
    return head?.id === id ? { position: Number(head.position), document: head.document } : null;
  }

  /**
   * Returns the size of the file in bytes, which may be more or less than what was expected.
   *
   * @param turn awaited before each piece of a large document
   */
  async write(stored: StoredDocument, expectedSize: number, turn: () => Promise<void>): Promise<number> {
    await this.makeBucket(stored.id);
    const { low, adapter } = this.#low(stored.id, { expectedSize, turn });
    low.data = stored;
    await low.write();
    return adapter.size;
  }

  async makeBucket(id: string): Promise<void> {
    const bucket = bucketOf(id);
    if (this.#buckets.has(bucket)) return;
    await this.#disk.makeFolder(join(this.#folder, bucket));
    this.#buckets.add(bucket);
    this.#madeBuckets = true;
  }

  /**
   * Documents and histories of these executions survive a power loss once this has resolved.
   *
   * @param turn awaited before each file
   */
  async sync(ids: readonly string[], turn: () => Promise<void>): Promise<void> {
    const paths = ids.flatMap((id) => [this.historyPath(id), this.documentPath(id)]);
    await inParallel(paths, async (path) => {
      await turn();
      await syncFile(this.#disk, path);
    });
    const buckets = [...new Set(ids.map(bucketOf))];
    await inParallel(buckets, async (bucket) => {
      await turn();
      await this.#disk.syncFolder(join(this.#folder, bucket));
    });
    if (!this.#madeBuckets) return;
    await this.#disk.syncFolder(this.#folder);
    this.#madeBuckets = false;
  }

  /** Removes every file of the execution, also those that were kept aside, and frees their space. */
  async remove(id: string): Promise<void> {
    const bucket = join(this.#folder, bucketOf(id));
    const names = await listIfThere(this.#disk, bucket);
    for (const name of names) if (name.startsWith(`${id}.`)) await removeIfThere(this.#disk, join(bucket, name));
    if (names.length > 0) await this.#disk.syncFolder(bucket);
    await this.#payloads.release(id);
  }

  /** Moves every file of the execution to a folder for what cannot be used, and adds a file of lines. Returns the folder. */
  async moveAway(id: string, lines: Uint8Array): Promise<string> {
    const lost = join(this.#folder, 'lost');
    await this.#disk.makeFolder(lost);
    const file = await this.#disk.open(join(lost, `${id}.journal.ndjson`), 'replace');
    try {
      await writeAll(file, lines, 0);
      await file.datasync();
    } finally {
      await file.close();
    }
    const bucket = join(this.#folder, bucketOf(id));
    for (const name of await listIfThere(this.#disk, bucket)) {
      if (name.startsWith(`${id}.`)) await this.#disk.rename(join(bucket, name), join(lost, name));
    }
    await this.#disk.syncFolder(lost);
    return lost;
  }

  #low(
    id: string,
    writing: Pick<DurableAdapterOptions<StoredDocument>, 'expectedSize' | 'turn'> = { expectedSize: null },
    onLost: (values: number) => void = () => {},
  ): { readonly low: Low<StoredDocument>; readonly adapter: DurableAdapter<StoredDocument> } {
    const path = this.documentPath(id);
    const adapter = new DurableAdapter<StoredDocument>({
      disk: this.#disk,
      path,
      problems: this.#problems,
      version: this.#format.version,
      decode: (content, version) => {
        const { position } = content;
        if (content.id !== id) throw new Error('it belongs to another execution');
        if (typeof position !== 'number' || !Number.isInteger(position)) throw new Error('it has no position');
        return {
          id,
          position,
          summary: upcastTo(this.#format, 'summary', content.summary, version, path),
          document: upcastTo(this.#format, 'document', content.document, version, path),
        };
      },
      encode: (stored) => stored,
      sync: 'later',
      changedContent: 'refuse',
      instead: 'The execution is made again from its history.',
      values: {
        keep: (values) => this.#payloads.keep(id, values),
        restore: async (content, references) => {
          const { values, lost } = await this.#payloads.read(references);
          restore(content, references, (sha256) => values.get(sha256));
          onLost(lost);
        },
      },
      ...writing,
    });
    return { low: new Low<StoredDocument>(adapter, NOTHING), adapter };
  }
}

const NOTHING: StoredDocument = { id: '', position: 0, summary: null, document: null };
const BUCKET = /^[\w-]{2}$/;
const ID = /^[\w-]{1,100}$/;

function strangeId(): StoreError {
  return new StoreError('unusable', 'There is no execution of this id: ids have only letters, digits, “_” and “-”.');
}

/** Files are spread over folders by the first two characters of their ids, so that no folder holds very many. */
function bucketOf(id: string): string {
  return id.slice(0, 2).padEnd(2, '_').toLowerCase();
}

/** What is under way at the same time shares work in the file system; one thread is left to the journal. */
async function inParallel(paths: readonly string[], work: (path: string) => Promise<void>): Promise<void> {
  const rest = paths.values();
  const worker = async () => {
    for (const path of rest) await work(path);
  };
  await Promise.all([worker(), worker(), worker()]);
}
