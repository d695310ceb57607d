import { type Cursor, isBlank, isBreak, isFlowIndicator, SPACE } from './cursor.ts';

export interface PlainScalar {
  readonly text: string;
  readonly end: number;
  /** The cursor has gone on to another line, where a new key may begin. */
  readonly crossedLine: boolean;
}

const HASH = 35;
const COLON = 58;
const QUESTION = 63;

/**
 * Reads text without quotes. It may go on over several lines: a line break becomes a space, blank lines become breaks.
 * @param indent a following line belongs to the scalar only from this column on
 */
export function scanPlainScalar(cursor: Cursor, indent: number, inFlow: boolean): PlainScalar {
  let text = '';
  let gap = '';
  let end = cursor.offset;
  let crossedLine = false;
  for (;;) {
    if (cursor.peek() === HASH) break;
    const start = cursor.offset;
    const lineEnd = endOfPlainLine(cursor, inFlow);
    if (lineEnd === start) break;
    text += gap + cursor.text.slice(start, lineEnd);
    end = lineEnd;
    cursor.offset = lineEnd;
    crossedLine = false;

    cursor.skipSpaces();
    if (!isBreak(cursor.peek())) break;
    crossedLine = true;
    const folded = foldLines(cursor);
    if (folded === null || (!inFlow && cursor.column < indent)) break;
    gap = folded;
  }
  return { text, end, crossedLine };
}

/** The end of the words of this line, without the spaces behind them. */
function endOfPlainLine(cursor: Cursor, inFlow: boolean): number {
  const { text } = cursor;
  let at = cursor.offset;
  let end = at;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SPACE) {
      do at += 1;
      while (text.charCodeAt(at) === SPACE);
      const next = text.charCodeAt(at);
      if (next === HASH || isBlank(next)) return end;
      continue;
    }
    if (isBlank(code)) return end;
    if (code === COLON) {
      const next = text.charCodeAt(at + 1);
      if (isBlank(next) || (inFlow && isFlowIndicator(next))) return end;
    }
    if (inFlow && (isFlowIndicator(code) || code === QUESTION)) return end;
    at += 1;
    end = at;
  }
}

/** Skips a line break and blank lines; null when a document ends there. */
function foldLines(cursor: Cursor): string | null {
  const first = cursor.skipBreak();
  if (cursor.atDocumentMarker()) return null;
  let breaks = '';
  for (;;) {
    cursor.skipSpaces();
    if (!isBreak(cursor.peek())) break;
    breaks += cursor.skipBreak();
    if (cursor.atDocumentMarker()) return null;
  }
  if (first !== '\n') return first + breaks;
  return breaks === '' ? ' ' : breaks;
}
