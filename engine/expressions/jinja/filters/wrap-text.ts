import { claimItems, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { sliceText, textLength } from '../../python/code-points.ts';

export interface WrapStyle {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

const SPACE = '\\t\\n\\v\\f\\r ';
const PUNCTUATED = '[\\p{L}\\p{N}_!"\'&.,?]';
const LETTER = '[\\p{L}_]';
/** Space; a dash between words; a word, up to a hyphen within it, its end, or a dash. */
const PIECES = new RegExp(
  `([${SPACE}]+|(?<=${PUNCTUATED})-{2,}(?=[\\p{L}\\p{N}_])|[^${SPACE}]+?(?:-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${PUNCTUATED}-))(?=${LETTER}-?${LETTER})|(?=[${SPACE}]|$)|(?<=${PUNCTUATED})(?=-{2,}[\\p{L}\\p{N}_])))`,
  'u',
);
const WORDS = new RegExp(`([${SPACE}]+)`);

/** A line cut into lines no longer than the width, as Python's `textwrap` cuts it. */
export function wrapText(text: string, style: WrapStyle): readonly string[] {
  if (style.width <= 0) throw new ExpressionError(`invalid width ${style.width} (must be > 0)`);
  claimItems(text.length);
  spend(text.length * 2);
  const chunks = text
    .split(style.breakOnHyphens ? PIECES : WORDS)
    .filter((chunk) => chunk !== undefined && chunk !== '')
    .reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    // A line does not begin with space, save the first.
    if (lines.length > 0 && isSpace(chunks.at(-1))) chunks.pop();
    const line = takeLine(chunks, style);
    if (isSpace(line.at(-1))) line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

function isSpace(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === '';
}

function takeLine(chunks: string[], style: WrapStyle): string[] {
  const line: string[] = [];
  let room = style.width;
  for (let next = chunks.at(-1); next !== undefined && textLength(next) <= room; next = chunks.at(-1)) {
    line.push(next);
    room -= textLength(next);
    chunks.pop();
  }
  const long = chunks.at(-1);
  if (long !== undefined && textLength(long) > style.width) {
    if (style.breakLongWords) line.push(takePart(chunks, long, room, style.breakOnHyphens));
    else if (line.length === 0) line.push(chunks.pop() ?? '');
  }
  return line;
}

/** As much of a long word as there is room for. */
function takePart(chunks: string[], word: string, room: number, breakOnHyphens: boolean): string {
  let end = room;
  if (breakOnHyphens) {
    const hyphen = sliceText(word, 0, room).lastIndexOf('-');
    if (hyphen > 0 && /[^-]/.test(word.slice(0, hyphen))) end = hyphen + 1;
  }
  chunks[chunks.length - 1] = sliceText(word, end, textLength(word));
  return sliceText(word, 0, end);
}
