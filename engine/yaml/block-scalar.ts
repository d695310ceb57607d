import { type Cursor, END, isBreak, isBreakOrEnd, SPACE, TAB } from './cursor.ts';
import { YamlError } from './yaml-error.ts';

interface Header {
  /** What happens to the line breaks at the end: `strip` none, `clip` one, `keep` all. */
  readonly chomping: 'strip' | 'clip' | 'keep';
  /** Given indentation relative to the parent; null to take that of the first line. */
  readonly increment: number | null;
}

/**
 * Reads a `|` or `>` scalar from its indicator on.
 * @param parentIndent the column of the collection that the scalar belongs to; -1 at the top
 */
export function scanBlockScalar(cursor: Cursor, parentIndent: number): string {
  const folded = cursor.peek() === 62;
  cursor.offset += 1;
  const { chomping, increment } = scanHeader(cursor);

  const least = Math.max(parentIndent + 1, 1);
  const pieces: string[] = [];
  let indent: number;
  let breaks: string;
  if (increment === null) {
    const found = scanLeadingLines(cursor);
    breaks = found.breaks;
    indent = Math.max(least, found.indent);
  } else {
    indent = least + increment - 1;
    breaks = scanBlankLines(cursor, indent);
  }

  let lastBreak = '';
  while (cursor.column === indent && cursor.peek() !== END) {
    pieces.push(breaks);
    const indented = cursor.peek() === SPACE || cursor.peek() === TAB;
    const start = cursor.offset;
    while (!isBreakOrEnd(cursor.peek())) cursor.offset += 1;
    pieces.push(cursor.text.slice(start, cursor.offset));
    lastBreak = cursor.skipBreak();
    breaks = scanBlankLines(cursor, indent);
    if (cursor.column !== indent || cursor.peek() === END) break;
    const nextIndented = cursor.peek() === SPACE || cursor.peek() === TAB;
    if (folded && lastBreak === '\n' && !indented && !nextIndented) {
      if (breaks === '') pieces.push(' ');
    } else {
      pieces.push(lastBreak);
    }
  }
  if (chomping !== 'strip') pieces.push(lastBreak);
  if (chomping === 'keep') pieces.push(breaks);
  return pieces.join('');
}

function scanHeader(cursor: Cursor): Header {
  let chomping: Header['chomping'] = 'clip';
  let increment: number | null = null;
  for (let count = 0; count < 2; count += 1) {
    const character = cursor.text.charAt(cursor.offset);
    if (chomping === 'clip' && (character === '+' || character === '-')) {
      chomping = character === '+' ? 'keep' : 'strip';
    } else if (increment === null && character >= '1' && character <= '9') {
      increment = Number(character);
    } else {
      break;
    }
    cursor.offset += 1;
  }
  const afterIndicators = cursor.offset;
  cursor.skipSpaces();
  // A comment needs a space before it.
  if (cursor.offset > afterIndicators) cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek())) {
    throw new YamlError('After | or > only -, + or a digit from 1 to 9 may follow in the same line.', cursor.offset);
  }
  cursor.skipBreak();
  return { chomping, increment };
}

/** Blank lines before the first line of text, and the widest indentation met. */
function scanLeadingLines(cursor: Cursor): { breaks: string; indent: number } {
  let breaks = '';
  let indent = 0;
  for (;;) {
    if (cursor.peek() === SPACE) {
      cursor.offset += 1;
      indent = Math.max(indent, cursor.column);
    } else if (isBreak(cursor.peek())) {
      breaks += cursor.skipBreak();
    } else {
      return { breaks, indent };
    }
  }
}

function scanBlankLines(cursor: Cursor, indent: number): string {
  let breaks = '';
  for (;;) {
    while (cursor.column < indent && cursor.peek() === SPACE) cursor.offset += 1;
    if (!isBreak(cursor.peek())) return breaks;
    breaks += cursor.skipBreak();
  }
}
