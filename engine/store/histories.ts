import { basename, dirname } from 'node:path';
import { type Disk, type DiskFile, errorCode, writeAll } from './disk.ts';
import type { ExecutionFiles } from './execution-files.ts';
import { type Format, newerError } from './format.ts';
import { keepCopy } from './keep-aside.ts';
import { type LineHead, LONGEST_HEAD, readHead, scanLines } from './line.ts';
import type { Problems } from './problems.ts';

export interface HistoryLine {
  readonly head: LineHead;
  /** The whole line with its newline. */
  readonly bytes: Buffer;
}

/** Where a history ends: the number of its last line, and its size in bytes. */
export interface HistoryEnd {
  readonly position: number;
  readonly size: number;
}

const CHUNK = 65_536;
/** Bytes that are written at once. */
const PIECE = 262_144;
/** So many are copied to the writing thread in no time. */
const SMALL = 65_536;

/** The history files: every commit of an execution since its start, one line each, only ever appended to. */
export class Histories {
  readonly #disk: Disk;
  readonly #files: ExecutionFiles;
  readonly #format: Format;
  readonly #problems: Problems;

  constructor(disk: Disk, files: ExecutionFiles, format: Format, problems: Problems) {
    this.#disk = disk;
    this.#files = files;
    this.#format = format;
    this.#problems = problems;
  }

  /**
   * Appends those lines that the history does not have yet, and returns where it ends then.
   *
   * @param end where it ends; null when nobody has looked since the store was opened or since an append failed. Then what
   *   a crash left unfinished at its end is cut off first.
   */
  async append(id: string, lines: readonly HistoryLine[], end: HistoryEnd | null): Promise<HistoryEnd> {
    if (lines.length === 0 && end !== null) return end;
    await this.#files.makeBucket(id);
    const path = this.#files.historyPath(id);
    const before = end ?? (await this.#findEndOf(path));
    const missing = behind(lines, before.position);
    const first = missing[0];
    const last = missing.at(-1);
    if (first === undefined || last === undefined) return before;
    if (first.head.position > before.position + 1) {
      const hole = `commits ${before.position + 1} to ${first.head.position - 1} are not in it any more`;
      this.#problems.add(
        'error',
        `The history “${basename(path)}” has a hole: ${hole}. The execution itself is complete.`,
        path,
      );
    }
    let { size } = before;
    if (isSmall(missing)) {
      const bytes = Buffer.concat(missing.map((line) => line.bytes));
      await this.#disk.writeSmall({ path, bytes, offset: size });
      return { position: last.head.position, size: size + bytes.length };
    }
    const file = await this.#disk.open(path, size === 0 ? 'replace' : 'update');
    try {
      for (const bytes of inPieces(missing)) {
        await writeAll(file, bytes, size);
        size += bytes.length;
      }
      return { position: last.head.position, size };
    } finally {
      await file.close();
    }
  }

  /**
   * Makes the history of an execution that came from elsewhere. After a crash all of it is there or nothing.
   *
   * @param lines in their order, whole
   */
  async make(id: string, lines: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#files.makeBucket(id);
    const path = this.#files.historyPath(id);
    const file = await this.#disk.open(`${path}.tmp`, 'replace');
    try {
      let size = 0;
      for await (const bytes of lines) {
        await writeAll(file, bytes, size);
        size += bytes.length;
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#disk.rename(`${path}.tmp`, path);
    await this.#disk.syncFolder(dirname(path));
    await this.#disk.syncFolder(dirname(dirname(path)));
  }

  /**
   * The lines in batches, as they stand in the file. Damaged ones are left out and reported; the caller sees the hole.
   *
   * @param after the caller has all lines up to this number. Most of them are not read again: where the others begin is
   *   looked for, not read up to
   * @throws StoreError `newer`
   */
  async *read(id: string, after = 0): AsyncGenerator<readonly HistoryLine[]> {
    const path = this.#files.historyPath(id);
    let file: DiskFile;
    try {
      file = await this.#disk.open(path, 'read');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      throw error;
    }
    try {
      let damaged = 0;
      let rest: Buffer = Buffer.alloc(0);
      for (let offset = after === 0 ? 0 : await startBehind(file, after); ; ) {
        // A line that is longer than what is held is read in growing steps.
        const buffer = Buffer.allocUnsafe(Math.max(CHUNK, rest.length));
        const count = await file.read(buffer, offset);
        if (count === 0) break;
        offset += count;
        const bytes = Buffer.concat([rest, buffer.subarray(0, count)]);
        const batch: HistoryLine[] = [];
        let done = 0;
        for (const { start, end, head } of scanLines(bytes)) {
          done = end;
          if (head === null) damaged += 1;
          else if (head.version > this.#format.version) throw newerError(path);
          else batch.push({ head, bytes: bytes.subarray(start, end) });
        }
        rest = bytes.subarray(done);
        yield batch;
      }
      if (damaged > 0) {
        const lines = damaged === 1 ? 'One line' : `${damaged} lines`;
        this.#problems.set(
          `history ${id}`,
          'error',
          `${lines} of the history “${basename(path)}” cannot be read.`,
          path,
        );
      }
    } finally {
      await file.close();
    }
  }

  async #findEndOf(path: string): Promise<HistoryEnd> {
    const file = await this.#disk.open(path, 'update');
    try {
      return await this.#findEnd(file, path);
    } finally {
      await file.close();
    }
  }

  /** Looks for the last whole line, from the end backwards, and cuts off what stands behind it. */
  async #findEnd(file: DiskFile, path: string): Promise<HistoryEnd> {
    const { size } = await file.stat();
    for (let length = CHUNK; size > 0; length *= 4) {
      const from = Math.max(0, size - length);
      const bytes = await readRange(file, from, size);
      // In the middle of the file the first line is most likely the end of one.
      const start = from === 0 ? 0 : bytes.indexOf(10) + 1;
      let position = 0;
      let whole = start;
      let complete = start;
      for (const line of scanLines(bytes, start)) {
        complete = line.end;
        if (line.head === null) continue;
        position = line.head.position;
        whole = line.end;
      }
      if (position === 0 && from > 0) continue;
      if (complete > whole) {
        const copy = await keepCopy(this.#disk, path, 'damaged');
        this.#problems.add(
          'warning',
          `The end of the history “${basename(path)}” cannot be read and was cut off. A copy is kept as “${basename(copy)}”.`,
          copy,
        );
      }
      if (from + whole < size) await file.truncate(from + whole);
      return { position, size: from + whole };
    }
    return { position: 0, size: 0 };
  }
}

/** Those behind a position; as a rule all of them are. */
function behind(lines: readonly HistoryLine[], position: number): readonly HistoryLine[] {
  const first = lines.findIndex((line) => line.head.position > position);
  return first === -1 ? [] : lines.slice(first);
}

function isSmall(lines: readonly HistoryLine[]): boolean {
  let size = 0;
  return lines.every(({ bytes }) => {
    size += bytes.length;
    return size <= SMALL;
  });
}

/** The lines in pieces that are written in some milliseconds. */
function* inPieces(lines: readonly HistoryLine[]): Generator<Buffer> {
  let piece: Buffer[] = [];
  let size = 0;
  for (const { bytes } of lines) {
    piece.push(bytes);
    size += bytes.length;
    if (size < PIECE) continue;
    yield Buffer.concat(piece, size);
    piece = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(piece, size);
}

/** Where a line starts that is at most a chunk or a line away from the first one behind `after`, and not behind that. */
async function startBehind(file: DiskFile, after: number): Promise<number> {
  let low = 0;
  let high = (await file.stat()).size;
  while (high - low > CHUNK) {
    const middle = low + Math.floor((high - low) / 2);
    const line = await firstLine(file, middle, high);
    if (line !== null && line.position <= after) low = line.start;
    else high = middle;
  }
  return low;
}

/** The first line that starts behind `from` and before `to`, unless its head cannot be read. */
async function firstLine(
  file: DiskFile,
  from: number,
  to: number,
): Promise<{ readonly start: number; readonly position: number } | null> {
  for (let offset = from; offset < to; offset += CHUNK) {
    const newline = (await readRange(file, offset, Math.min(offset + CHUNK, to))).indexOf(10);
    if (newline === -1) continue;
    const start = offset + newline + 1;
    const bytes = start < to ? await readRange(file, start, start + LONGEST_HEAD) : Buffer.alloc(0);
    const head = readHead(bytes, 0, bytes.length);
    return head === null ? null : { start, position: head.position };
  }
  return null;
}

async function readRange(file: DiskFile, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  for (let done = 0; done < bytes.length; ) {
    const count = await file.read(bytes.subarray(done), from + done);
    if (count === 0) return bytes.subarray(0, done);
    done += count;
  }
  return bytes;
}
