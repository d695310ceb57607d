import { basename, dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Adapter } from 'lowdb';
import { decodeJson, encodeJson, isObject, type Json } from '../model/json.ts';
import { type Disk, type DiskFile, errorCode, readInsisting, writeAll } from './disk.ts';
import { newerError } from './format.ts';
import { decodePieces, encodePieces } from './json-lines.ts';
import { keepAside, keepCopy, keepOriginal } from './keep-aside.ts';
import { LARGE as LARGE_VALUE, type LargeValue, type Reference, separateRecord } from './large-values.ts';
import { checksum, checksumInTurns, inDigits } from './line.ts';
import type { Problems } from './problems.ts';
import { reasonOf, StoreError } from './store-error.ts';

export interface DurableAdapterOptions<T> {
  readonly disk: Disk;
  readonly path: string;
  readonly problems: Problems;
  readonly version: number;
  /** Turns the file's content into what this version works with. Whatever it throws means that the file is damaged. */
  readonly decode: (content: Readonly<Record<string, unknown>>, version: number) => T;
  /** The content of the file; `version` and `checksum` are added to it. */
  readonly encode: (data: T) => object;
  /**
   * `now`: a write has resolved when it survives a power loss. `later`: the caller syncs file and folder itself, and holds
   * what is needed to write it again until then.
   */
  readonly sync: 'now' | 'later';
  /** What becomes of content that can be read but is not what was written. */
  readonly changedContent: 'use' | 'refuse';
  /** What is used instead of a damaged file, as a sentence. */
  readonly instead: string;
  /** About how many bytes will be written; null when nobody knows. */
  readonly expectedSize: number | null;
  /** Awaited before each piece of a large document. */
  readonly turn?: () => Promise<void>;
  /** Where the large values of a document are kept; without it they stay in the file. */
  readonly values?: {
    /** Resolves once they are as safe as the document has to be. */
    readonly keep: (values: readonly LargeValue[]) => Promise<void>;
    /** Puts them back into what was read. */
    readonly restore: (content: Readonly<Record<string, unknown>>, references: readonly Reference[]) => Promise<void>;
  };
}

/** Documents up to this size, in characters, are indented: people look at them. Larger ones are laid out line by line. */
const INDENTED = 32_768;
/** Files from this size on, in bytes, are read in pieces. */
const LARGE = 1_048_576;

/**
 * The file behind a lowdb document. lowdb's own adapters lose the file when the power goes at the wrong moment, and take
 * an unreadable file for an empty one; this one writes beside the file, syncs, and renames, and keeps an unreadable file
 * aside under a name that says so.
 */
export class DurableAdapter<T> implements Adapter<T> {
  readonly #options: DurableAdapterOptions<T>;
  #last: Promise<unknown> = Promise.resolve();
  /** Bytes of the file when it was last read or written. */
  size = 0;

  constructor(options: DurableAdapterOptions<T>) {
    this.#options = options;
  }

  /**
   * Null when there is no file, and when it was damaged: then it has been renamed and reported.
   *
   * @throws StoreError `newer`, and `unusable` when the system refuses to read it
   */
  async read(): Promise<T | null> {
    const { disk, path, version, instead } = this.#options;
    let bytes: Buffer;
    try {
      bytes = await readInsisting(disk, path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      if (errorCode(error) !== 'EIO')
        throw new StoreError('unusable', `“${path}” cannot be read: ${reasonOf(error)}.`, error);
      await this.#damaged(reasonOf(error));
      return null;
    }
    this.size = bytes.length;
    const seal = SEAL.exec(bytes.toString('latin1', Math.max(0, bytes.length - SEAL_LENGTH)));
    const whole = seal !== null && (await checksumInTurns(bytes.subarray(0, bytes.lastIndexOf(seal[0])))) === seal[1];
    let data: T;
    let from: number;
    try {
      const content = bytes.length < LARGE ? decodeJson(bytes.toString('utf8')) : await decodePieces(bytes);
      if (!isObject(content as Json)) throw new Error('it holds no object');
      const { version: written, payloads, ...rest } = content as Record<string, unknown>;
      if (typeof written !== 'number' || !Number.isInteger(written))
        throw new Error('it does not say which version wrote it');
      // A version in a file that something has changed is no more to be believed than the rest of it.
      if (written > version && (whole || seal === null)) throw newerError(path);
      if (!whole && this.#options.changedContent === 'refuse') throw new Error('its checksum is wrong');
      if (Array.isArray(payloads)) await this.#options.values?.restore(rest, payloads);
      from = Math.min(written, version);
      data = this.#options.decode(rest, from);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      await this.#damaged(reasonOf(error), instead);
      return null;
    }
    try {
      if (from < version) await keepOriginal(disk, path, from);
      // A person may have edited a file and left its checksum, or taken it out; only the first can also be damage.
      if (!whole && seal !== null) await this.#changed(data);
      return data;
    } catch (error) {
      // A disk that refuses a copy is no damage.
      throw new StoreError('unusable', `“${path}” cannot be kept as it is: ${reasonOf(error)}.`, error);
    }
  }

  /** Writes never overtake each other. After a failure the file is what it was before. */
  write(data: T): Promise<void> {
    const written = this.#last.then(() => this.#replace(data));
    this.#last = written.catch(() => {});
    return written;
  }

  async #replace(data: T): Promise<void> {
    const { disk, path, sync } = this.#options;
    const content = { version: this.#options.version, ...this.#options.encode(data) };
    const bytes = this.#smallDocument(content);
    if (bytes !== null && sync === 'later') {
      await disk.writeSmall({ path, bytes, offset: null });
      this.size = bytes.length;
      return;
    }
    const beside = `${path}.tmp`;
    const file = await disk.open(beside, 'replace');
    try {
      this.size = await this.#writeTo(file, content, bytes);
      // Before the rename: otherwise a power loss could leave an empty file under the good name.
      if (sync === 'now') await file.datasync();
    } finally {
      await file.close();
    }
    await disk.rename(beside, path);
    if (sync === 'now') await disk.syncFolder(dirname(path));
  }

  /** All of a small document; null when it is not small. */
  #smallDocument(content: object): Buffer | null {
    const { expectedSize } = this.#options;
    if (expectedSize !== null && expectedSize > INDENTED) return null;
    const body = encodeJson(content, 2).slice(0, -2);
    if (body.length > 2 * INDENTED) return null;
    const bytes = Buffer.from(`${body},\n  "checksum": "????????"\n}\n`);
    const end = bytes.length - SEAL_INDENTED;
    bytes.write(checksum(bytes.subarray(0, end)), end + SEAL_INDENTED - 12, 'latin1');
    return bytes;
  }

  /** Returns how many bytes that were. */
  async #writeTo(file: DiskFile, content: object, small: Buffer | null): Promise<number> {
    if (small !== null) {
      await writeAll(file, small, 0);
      return small.length;
    }
    const { turn, values } = this.#options;
    let size = 0;
    let crc = 0;
    const write = async (text: string): Promise<void> => {
      await turn?.();
      const bytes = Buffer.from(text);
      await writeAll(file, bytes, size);
      size += bytes.length;
      crc = crc32(bytes, crc);
    };
    const references: Reference[] = [];
    const large: LargeValue[] = [];
    const encodeElement = (element: unknown, list: readonly string[], index: number): string => {
      const text = encodeJson(element);
      if (values === undefined || text.length <= LARGE_VALUE) return text;
      const separated = separateRecord(element, [...list, index]);
      references.push(...separated.references);
      large.push(...separated.values);
      return separated.references.length === 0 ? text : encodeJson(separated.rest);
    };
    for (const piece of encodePieces(content, encodeElement)) await write(piece);
    if (references.length > 0) await write(`,"payloads":${JSON.stringify(references)}`);
    // Before anybody can read a document that refers to them.
    await values?.keep(large);
    const end = Buffer.from(`,"checksum":"${inDigits(crc)}"}\n`);
    await writeAll(file, end, size);
    return size + end.length;
  }

  async #changed(data: T): Promise<void> {
    const { disk, path, problems } = this.#options;
    const copy = await keepCopy(disk, path, 'changed');
    problems.add(
      'warning',
      `“${basename(path)}” was changed by something other than Windrose. It is used as far as it can be; a copy is kept as “${basename(copy)}”.`,
      copy,
    );
    // With a checksum that is right, so that the next start says nothing.
    await this.write(data);
  }

  async #damaged(reason: string, instead = this.#options.instead): Promise<void> {
    const { disk, path, problems } = this.#options;
    const aside = await keepAside(disk, path);
    problems.add(
      'error',
      `“${basename(path)}” is damaged (${reason}). It is kept as “${basename(aside)}”. ${instead}`,
      aside,
    );
  }
}

const SEAL = /,\s*"checksum":\s*"([0-9a-f]{8})"\s*\}\s*$/;
const SEAL_LENGTH = 80;
/** `,\n  "checksum": "1a2b3c4d"\n}\n` */
const SEAL_INDENTED = 29;
