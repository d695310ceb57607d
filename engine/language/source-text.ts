import type { Problem } from './problem.ts';

/** Turns offsets into the lines and columns that an editor shows. Only problems need them, so they are computed late. */
export class SourceText {
  readonly text: string;
  /** Where lines begin, as far as somebody has asked: the first problem may stand at the beginning of a huge text. */
  private readonly starts = [0];
  private readonly breaks: Iterator<RegExpExecArray>;

  constructor(text: string) {
    this.text = text;
    this.breaks = text.matchAll(/\r\n|\r|\n/g);
  }

  /** The line of an offset, from 1. */
  line(offset: number): number {
    const starts = this.lineStarts(offset);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** A problem with the text from `start` to `end`, cut at the end of the text. */
  problem(message: string, start: number, end: number, suggestion: string | null = null): Problem {
    const from = Math.min(start, this.text.length);
    const to = Math.max(from, Math.min(end, this.text.length));
    const line = this.line(from);
    const endLine = this.line(to);
    return {
      message,
      line,
      column: from - this.lineStart(line) + 1,
      endLine,
      endColumn: to - this.lineStart(endLine) + 1,
      suggestion,
    };
  }

  private lineStart(line: number): number {
    return this.starts[line - 1] ?? 0;
  }

  /** The beginnings of all lines up to the offset's, and of the one behind it. */
  private lineStarts(offset: number): readonly number[] {
    const { starts } = this;
    while ((starts.at(-1) ?? 0) <= offset) {
      const { done, value } = this.breaks.next();
      if (done === true) break;
      starts.push(value.index + value[0].length);
    }
    return starts;
  }
}
