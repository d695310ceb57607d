import { setImmediate as endOfTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { decodeJson, encodeJson } from '../model/json.ts';
import type { Reference } from './large-values.ts';

/**
 * One line of a journal segment, of a history or of an index page. All three hold the same kind of line, so that a
 * commit is encoded once, when it is made:
 *
 *     {"v":1,"execution":"<id>","n":5,"commit":<the commit>,"crc":"1a2b3c4d"}
 *
 * Large values of a commit stand in files of their own; `"payloads":[[path, sha256], ...]` after it says which and where
 * they belong (large-values.ts).
 *
 * `v` is the version of what the line carries. `n` counts the lines of one execution from 1: a hole in the numbers shows
 * that something is missing. `crc` is the CRC-32 of all bytes before `,"crc"`: a line that was cut or changed is known.
 *
 * - `commit`: one decided commit.
 * - `cut`: the commits after the given position up to this line were lost or could not be used; the execution goes on
 *   from that position.
 * - `deleted`: everything before this line is gone, the documents too.
 * - `summary`: what an index page says of an execution whose files are on disk up to commit `n`.
 */
export type LineType = 'commit' | 'cut' | 'deleted' | 'summary';

export interface LineHead {
  readonly version: number;
  readonly id: string;
  readonly position: number;
  readonly type: LineType;
}

const HEAD = /^\{"v":(\d+),"execution":"([\w-]{1,100})","n":(\d+),"(commit|cut|deleted|summary)":/;
/** In bytes. */
export const LONGEST_HEAD = 180;
/** `,"crc":"1a2b3c4d"}` */
const TAIL_LENGTH = 18;
/** Bytes whose checksum takes a few milliseconds. */
const PIECE = 1_048_576;
const NEWLINE = 10;

/** Ids become file names and stand in lines as they are. */
export function isExecutionId(id: string): boolean {
  return /^[\w-]{1,100}$/.test(id);
}

/**
 * The whole line with its newline. `json` is the encoded payload. In bytes, because the journal, the history and the checksum
 * each want them: to make them of a text each time takes longer than to encode it.
 */
export function encodeLine({ version, id, position, type }: LineHead, json: string): Buffer {
  const line = Buffer.from(`{"v":${version},"execution":"${id}","n":${position},"${type}":${json},"crc":"????????"}\n`);
  const tail = line.length - 1 - TAIL_LENGTH;
  line.write(checksum(line.subarray(0, tail)), tail + 8, 'latin1');
  return line;
}

/** CRC-32 in eight hexadecimal digits; of a string, that of its UTF-8. */
export function checksum(text: string | Uint8Array): string {
  return inDigits(crc32(text));
}

/** The same of what may be many megabytes, with others in between: 15 of them take some 45 ms. */
export async function checksumInTurns(bytes: Uint8Array): Promise<string> {
  let crc = crc32(bytes.subarray(0, PIECE));
  for (let at = PIECE; at < bytes.length; at += PIECE) {
    await endOfTurn();
    crc = crc32(bytes.subarray(at, at + PIECE), crc);
  }
  return inDigits(crc);
}

export function inDigits(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}

/** The payload of a line whose checksum was right when it was read, or that was never out of memory. */
export function decodePayload(text: string): unknown {
  const head = HEAD.exec(text);
  if (head === null) throw new SyntaxError('not a line of the store');
  return decodeJson(text.slice(head[0].length, text.lastIndexOf(',"crc":"')));
}

/**
 * A payload without its large values, which are kept elsewhere: `,"payloads":[[path, sha256], ...]` stands behind it.
 */
export function encodeReferring(rest: unknown, references: readonly Reference[]): string {
  return `${encodeJson(rest)},"payloads":${JSON.stringify(references)}`;
}

/** The same as `decodePayload`, and where large values are to be put back. */
export function decodeReferring(text: string): {
  readonly payload: unknown;
  readonly references: readonly Reference[];
} {
  if (!text.includes(',"payloads":[[')) return { payload: decodePayload(text), references: [] };
  const head = HEAD.exec(text);
  const type = head?.[4] ?? '';
  const { payloads, ...line } = decodeJson(text) as Record<string, unknown>;
  return { payload: line[type], references: (payloads ?? []) as readonly Reference[] };
}

/** Bytes between `start` and `end`, the newline included; `head` is null when they are not what was written. */
export interface ScannedLine {
  readonly start: number;
  readonly end: number;
  readonly head: LineHead | null;
}

/** A line that is read as a whole, its payload under the name of its type. */
export interface DecodedLine {
  readonly v: number;
  readonly execution: string;
  readonly n: number;
  readonly summary?: unknown;
  readonly deleted?: true;
}

/**
 * The complete lines, decoded, where all of them are wanted: in one step, which takes half the time of looking at the head
 * first. Null for one that is not what was written.
 */
export function* decodeLines(bytes: Buffer): Generator<{ readonly end: number; readonly line: DecodedLine | null }> {
  for (let start = 0; ; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline === -1) return;
    const end = newline + 1;
    const line = isWhole(bytes, start, newline) ? decodeJson(bytes.toString('utf8', start, newline)) : null;
    yield { end, line: line as DecodedLine | null };
    start = end;
  }
}

/** The line that begins at this byte; null when there is none that is what was written. */
export function decodeLineAt(bytes: Buffer, at: number): DecodedLine | null {
  const newline = bytes.indexOf(NEWLINE, at);
  if (newline === -1 || !isWhole(bytes, at, newline)) return null;
  return decodeJson(bytes.toString('utf8', at, newline)) as DecodedLine;
}

/** The complete lines. What stands after the last newline is not among them: it was never finished. */
export function* scanLines(bytes: Buffer, from = 0): Generator<ScannedLine> {
  for (let start = from; ; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline === -1) return;
    yield { start, end: newline + 1, head: isWhole(bytes, start, newline) ? readHead(bytes, start, newline) : null };
    start = newline + 1;
  }
}

function isWhole(bytes: Buffer, start: number, newline: number): boolean {
  const tail = newline - TAIL_LENGTH;
  if (tail <= start) return false;
  return bytes.toString('latin1', tail, newline) === `,"crc":"${checksum(bytes.subarray(start, tail))}"}`;
}

/** Also tells, as far as it can be read, whose line a damaged one was; nothing that it says may be relied on then. */
export function readHead(bytes: Buffer, start: number, end: number): LineHead | null {
  const match = HEAD.exec(bytes.toString('latin1', start, Math.min(start + LONGEST_HEAD, end)));
  if (match === null) return null;
  const [, version, id, position, type] = match;
  if (id === undefined) return null;
  return { version: Number(version), id, position: Number(position), type: type as LineType };
}
