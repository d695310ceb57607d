import { basename, join } from 'node:path';
import { type Disk, errorCode, listIfThere, readInsisting, removeIfThere, syncFile, writeAll } from './disk.ts';
import { type Format, newerError } from './format.ts';
import { segmentName } from './journal.ts';
import { keepAside, keepCopy } from './keep-aside.ts';
import type { PendingLine } from './ledger.ts';
import { readHead, scanLines } from './line.ts';
import type { Problems } from './problems.ts';
import { reasonOf, StoreError } from './store-error.ts';

export interface RecoveredJournal {
  /** Lines that are still needed, by segment, oldest first. */
  readonly segments: ReadonlyMap<number, number>;
  /** The number of the next segment. */
  readonly next: number;
  /** By execution, in the order of the journal. */
  readonly tails: ReadonlyMap<string, PendingLine[]>;
  /** Executions that were deleted, perhaps without their files; what was committed after that is in `tails`. */
  readonly deleted: ReadonlySet<string>;
  /** Executions of which a line could not be read, as far as that can be told, with the highest number of such a line. */
  readonly unreadable: ReadonlyMap<string, number>;
}

const NEWLINE = 10;

/**
 * Reads all segments. A line that a crash cut off at the end of the last segment was never committed and is dropped.
 * Anything else that cannot be read is reported, and its segment is kept as a copy beside the repaired one.
 *
 * @param checkpointed up to which commit the files of an execution are on disk; null when it has none
 * @param deleted told of each deletion before the lines that follow it are read
 * @throws StoreError `newer` or `unusable`
 */
export async function recoverJournal(
  disk: Disk,
  folder: string,
  format: Format,
  problems: Problems,
  checkpointed: (id: string) => number,
  forget: (id: string) => void,
): Promise<RecoveredJournal> {
  const tails = new Map<string, PendingLine[]>();
  const deleted = new Set<string>();
  const unreadable = new Map<string, number>();
  const segments = new Map<number, number>();
  const numbers: number[] = [];
  // Kept aside, and told about, by an earlier start.
  const aside = new Set<number>();
  // Nothing is changed before everything has been read: another segment may be of a newer version.
  const mend: (() => Promise<void>)[] = [];
  let highest = 0;
  for (const name of await listIfThere(disk, folder)) {
    const number = Number(/^(\d+)\.ndjson/.exec(name)?.[1] ?? 0);
    highest = Math.max(highest, number);
    if (name === segmentName(number)) numbers.push(number);
    else if (name.endsWith('.tmp')) await removeIfThere(disk, join(folder, name));
    else aside.add(number);
  }
  numbers.sort((a, b) => a - b);

  for (const [index, number] of numbers.entries()) {
    const path = join(folder, segmentName(number));
    for (let missing = (numbers[index - 1] ?? number - 1) + 1; missing < number; missing += 1) {
      if (!aside.has(missing)) reportMissing(problems, folder, missing);
    }
    const read = await readSegment(disk, path, problems);
    if (read === null) continue;
    const bytes = withLastNewline(read);
    let damaged = 0;
    let end = 0;
    for (const line of scanLines(bytes)) {
      end = line.end;
      if (line.head === null) {
        damaged += 1;
        const whose = readHead(bytes, line.start, line.end);
        if (whose !== null) unreadable.set(whose.id, Math.max(whose.position, unreadable.get(whose.id) ?? 0));
        continue;
      }
      if (line.head.version > format.version) throw newerError(path);
      const { id, position, type } = line.head;
      if (type === 'deleted') {
        tails.delete(id);
        deleted.add(id);
        forget(id);
      } else if (position > checkpointed(id)) {
        const tail = tails.get(id) ?? [];
        if (tail.length === 0) tails.set(id, tail);
        // A refused write may have left the same line in two segments.
        if (position <= (tail.at(-1)?.head.position ?? 0)) continue;
        // A copy: the segment need not stay in memory for it.
        tail.push({ head: line.head, bytes: Buffer.from(bytes.subarray(line.start, line.end)), segment: number });
      }
    }
    const torn = bytes.subarray(end);
    // Zeros are what some file systems leave of what was not written before the power went.
    const unfinished = index === numbers.length - 1 || torn.every((byte) => byte === 0);
    if (!unfinished) damaged += 1;
    segments.set(number, 0);
    const isEndDamaged = bytes !== read && bytes.length === read.length;
    if (damaged > 0 || isEndDamaged) mend.push(() => repair(disk, path, bytes, damaged, problems));
    else if (bytes !== read) mend.push(() => rewrite(disk, path, bytes));
    else if (torn.length > 0) mend.push(() => cutOff(disk, path, end));
  }

  for (const each of mend) await each();
  for (const tail of tails.values()) {
    for (const line of tail) segments.set(line.segment, (segments.get(line.segment) ?? 0) + 1);
  }
  return { segments, next: highest + 1, tails, deleted, unreadable };
}

async function readSegment(disk: Disk, path: string, problems: Problems): Promise<Buffer | null> {
  try {
    return await readInsisting(disk, path);
  } catch (error) {
    if (errorCode(error) !== 'EIO') {
      throw new StoreError('unusable', `The journal “${path}” cannot be read: ${reasonOf(error)}.`, error);
    }
    const aside = await keepAside(disk, path);
    problems.add(
      'error',
      `A part of the journal cannot be read (${reasonOf(error)}). It is kept as “${basename(aside)}”; executions that it held changes of are shown as they were before.`,
      aside,
    );
    return null;
  }
}

/**
 * A last line that is whole but for its newline was written to its end, so somebody may have heard of it: where the
 * newline should be, something else stands, or nothing.
 */
function withLastNewline(bytes: Buffer): Buffer {
  const start = bytes.lastIndexOf(NEWLINE) + 1;
  for (const end of [bytes.length - 1, bytes.length]) {
    const mended = Buffer.concat([bytes.subarray(start, end), Buffer.from([NEWLINE])]);
    const [line] = scanLines(mended);
    if (line !== undefined && line.head !== null) return Buffer.concat([bytes.subarray(0, start), mended]);
  }
  return bytes;
}

function reportMissing(problems: Problems, folder: string, segment: number): void {
  const name = segmentName(segment);
  problems.add(
    'error',
    `A part of the journal is missing: ${name}. Executions that it held changes of are shown as they were before.`,
    join(folder, name),
  );
}

async function repair(disk: Disk, path: string, bytes: Buffer, damaged: number, problems: Problems): Promise<void> {
  const copy = await keepCopy(disk, path, 'damaged');
  const lines = damaged === 0 ? 'The end' : damaged === 1 ? 'One line' : `${damaged} lines`;
  problems.add(
    'error',
    `${lines} of the journal “${basename(path)}” cannot be read. The file is kept as “${basename(copy)}”; everything else in it is used.`,
    copy,
  );
  await rewrite(disk, path, bytes);
}

/** Without what cannot be read. */
async function rewrite(disk: Disk, path: string, bytes: Buffer): Promise<void> {
  const good = [...scanLines(bytes)].filter((line) => line.head !== null);
  const beside = `${path}.tmp`;
  const file = await disk.open(beside, 'replace');
  try {
    await writeAll(file, Buffer.concat(good.map((line) => bytes.subarray(line.start, line.end))), 0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await disk.rename(beside, path);
  await disk.syncFolder(join(path, '..'));
}

/** Otherwise the torn line would stand in the middle of the journal after the next start, where it means damage. */
async function cutOff(disk: Disk, path: string, size: number): Promise<void> {
  const file = await disk.open(path, 'change');
  try {
    await file.truncate(size);
  } finally {
    await file.close();
  }
  await syncFile(disk, path);
}
