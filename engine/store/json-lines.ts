import { setImmediate as endOfTurn } from 'node:timers/promises';
import { decodeJson, encodeJson, isObject } from '../model/json.ts';

/**
 * Large documents: JSON like any other, in which the elements of lists stand on lines of their own. So it can be written
 * and read in pieces, between which others have their turn, and a person can look at it line by line.
 *
 *     {"version":1,"id":"…","document":{"records":2,"tasks":[
 *     {"id":"…"},
 *     {"id":"…"}
 *     ],"timers":[]}
 *
 * Lists are laid out in the object itself and in the objects directly in it; the last line has no closing brace, so that
 * the caller can add a key.
 */

/** Characters of a piece: some milliseconds of work. */
const PIECE = 131_072;

/** Gives the text of an element of a list: where the list stands in the content, and which element it is. */
type EncodeElement = (element: unknown, list: readonly string[], index: number) => string;

/** The text without its last brace, in pieces. */
export function* encodePieces(
  content: object,
  encode: EncodeElement = (element) => encodeJson(element),
): Generator<string> {
  const piece = { text: '' };
  yield* pieces(content, [], encode, piece);
  yield piece.text;
}

/** Gives away what is in the piece whenever it is large enough. A generator, but none for each element: they are many. */
function* pieces(
  content: object,
  path: readonly string[],
  encode: EncodeElement,
  piece: { text: string },
): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(content)) {
    if (value === undefined) continue;
    piece.text += `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (Array.isArray(value) && value.length > 0) {
      const list = [...path, key];
      for (let index = 0; index < value.length; index++) {
        piece.text += index === 0 ? '[\n' : ',\n';
        piece.text += encode(value[index] ?? null, list, index);
        if (piece.text.length < PIECE) continue;
        yield piece.text;
        piece.text = '';
      }
      piece.text += '\n]';
    } else if (path.length === 0 && isObject(value)) {
      yield* pieces(value, [key], encode, piece);
      piece.text += '}';
    } else {
      piece.text += encodeJson(value);
    }
  }
  if (before === '{') piece.text += before;
}

const NEWLINE = 10;
const PLACE = '\uf8fflist:';

/**
 * The value of a text that may be laid out as above.
 *
 * @param most characters that are read in one go where it is laid out by somebody else
 * @throws SyntaxError when it is not JSON, RangeError when it is laid out in another way and there are more
 */
export async function decodePieces(bytes: Buffer, most = Number.POSITIVE_INFINITY): Promise<unknown> {
  try {
    const { frame, lists } = await readLines(bytes, most);
    if (frame.length <= most) return filled(decodeJson(frame), lists, 1);
  } catch {
    // Laid out by somebody else.
  }
  if (bytes.length > most) throw new RangeError(`The text has more than ${most} characters outside of its lists.`);
  return decodeJson(bytes.toString('utf8'));
}

/** The elements of the lists, and the text around them with the number of each list in its place. */
async function readLines(
  bytes: Buffer,
  most: number,
): Promise<{ readonly frame: string; readonly lists: readonly unknown[][] }> {
  const read = new Lines();
  let done = 0;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    // To make a text of it would stop everything else, only to refuse it.
    if (read.open === null && end - start > most) throw new RangeError('A line outside of lists is too long.');
    read.take(bytes.toString('utf8', start, end));
    start = end + 1;
    if (start - done < PIECE) continue;
    done = start;
    await endOfTurn();
  }
  return read;
}

class Lines {
  readonly lists: unknown[][] = [];
  frame = '';
  /** The list whose elements come next; null outside of lists. */
  open: unknown[] | null = null;

  take(line: string): void {
    if (this.open !== null && !line.startsWith(']')) {
      this.open.push(decodeJson(line.endsWith(',') ? line.slice(0, -1) : line));
      return;
    }
    this.open = line.endsWith('[') ? [] : null;
    this.frame += this.open === null ? line : `${line}"${PLACE}${this.lists.length}"`;
    if (this.open !== null) this.lists.push(this.open);
  }
}

/**
 * What a text begins with that is laid out as above and goes on after these bytes: the list that is cut off has its whole
 * elements, what follows it is missing.
 *
 * @throws SyntaxError when it is not laid out so
 */
export function decodeBeginning(bytes: Buffer): Record<string, unknown> {
  const read = new Lines();
  for (const line of bytes.toString('utf8', 0, bytes.lastIndexOf(NEWLINE)).split('\n')) read.take(line);
  if (read.open === null) throw new SyntaxError('it does not end in a list');
  return filled(frameOf(read.frame), read.lists, 1) as Record<string, unknown>;
}

/** The list that is cut off stands in the object itself or in one directly in it. */
function frameOf(frame: string): unknown {
  try {
    return decodeJson(`${frame}]}}`);
  } catch {
    return decodeJson(`${frame}]}`);
  }
}

/** The value with the lists in their places. */
function filled(value: unknown, lists: readonly unknown[][], depth: number): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (Array.isArray(each)) {
      const [place] = each as unknown[];
      const isPlace = typeof place === 'string' && place.startsWith(PLACE);
      return [key, isPlace ? (lists[Number(place.slice(PLACE.length))] ?? []) : each];
    }
    return [key, depth > 0 ? filled(each, lists, depth - 1) : each];
  });
  return Object.fromEntries(entries);
}
