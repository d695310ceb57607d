import type { Problem } from '../../../engine/language/problem.ts';

/** One line of a text around a problem; `marked` is the part that is wrong, empty in the lines that only surround it. */
export interface ExcerptLine {
  readonly number: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** Longer lines are cut around the mark. */
const MAX_WIDTH = 120;
const MAX_MARKED_LINES = 3;

/**
 * The lines that a problem concerns, with one line before and after them. The range of a problem that lies behind the
 * end of its line, where something is missing, is shown as a marked space.
 */
export function excerpt(text: string, problem: Problem): readonly ExcerptLine[] {
  const lines = text.split(/\r?\n/);
  const first = clamp(problem.line, 1, lines.length);
  const last = clamp(problem.endLine, first, Math.min(lines.length, first + MAX_MARKED_LINES - 1));
  const shown: ExcerptLine[] = [];
  for (let number = Math.max(1, first - 1); number <= Math.min(lines.length, last + 1); number += 1) {
    const line = lines[number - 1] ?? '';
    if (number < first || number > last) {
      if (line.trim() !== '') shown.push({ number, before: cutEnd(line, MAX_WIDTH), marked: '', after: '' });
      continue;
    }
    const start = number === first ? clamp(problem.column - 1, 0, line.length) : indentOf(line);
    const end = number === problem.endLine ? clamp(problem.endColumn - 1, start, line.length) : line.length;
    shown.push(cutAround(number, line, start, Math.max(end, start)));
  }
  return shown;
}

/** The text with the problem's range replaced by what was probably meant. */
export function applySuggestion(text: string, problem: Problem, suggestion: string): string {
  const start = offsetOf(text, problem.line, problem.column);
  const end = Math.max(start, offsetOf(text, problem.endLine, problem.endColumn));
  return text.slice(0, start) + suggestion + text.slice(end);
}

/** Where a line and column (from 1) are in the text; the nearest place when there is no such. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) return text.length;
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  return clamp(start + column - 1, start, end === -1 ? text.length : end);
}

function cutAround(number: number, line: string, start: number, end: number): ExcerptLine {
  const marked = line.slice(start, end);
  const room = Math.max(20, MAX_WIDTH - marked.length);
  return {
    number,
    before: start > room ? `…${line.slice(start - room, start)}` : line.slice(0, start),
    marked: marked === '' ? ' ' : cutEnd(marked, MAX_WIDTH),
    after: cutEnd(line.slice(end), room),
  };
}

function cutEnd(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width)}…` : text;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
