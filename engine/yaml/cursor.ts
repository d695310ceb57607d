/** Character codes with a meaning in YAML. The text ends with a NUL, which no text may contain. */
export const END = 0;
export const TAB = 9;
export const SPACE = 32;

/** Line breaks of YAML 1.1, which has more of them than YAML 1.2 and JavaScript's `split` think of. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBreakOrEnd(code: number): boolean {
  return code === END || isBreak(code);
}

/** A space, a tab, a line break or the end of the text. */
export function isBlank(code: number): boolean {
  // Nearly every character is decided by the first comparison.
  if (code > SPACE && code < 0x85) return false;
  return code === SPACE || code === TAB || isBreakOrEnd(code);
}

/** One of `,[]{}`. */
export function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** A place in the text that only moves forward and counts lines on its way. */
export class Cursor {
  readonly text: string;
  offset = 0;
  line = 0;
  private lineStart = 0;

  constructor(text: string) {
    this.text = `${text}\0`;
    if (text.startsWith('\ufeff')) {
      this.offset = 1;
      this.lineStart = 1;
    }
  }

  get column(): number {
    return this.offset - this.lineStart;
  }

  peek(distance = 0): number {
    return this.text.charCodeAt(this.offset + distance);
  }

  /** Skips a line break, if there is one, and gives what it stands for in a scalar: most kinds mean a line feed. */
  skipBreak(): '' | '\n' | '\u2028' | '\u2029' {
    const code = this.peek();
    if (!isBreak(code)) return '';
    this.offset += code === 13 && this.peek(1) === 10 ? 2 : 1;
    this.line += 1;
    this.lineStart = this.offset;
    if (code === 0x2028) return '\u2028';
    return code === 0x2029 ? '\u2029' : '\n';
  }

  skipSpaces(): void {
    while (this.peek() === SPACE) this.offset += 1;
  }

  /** Skips a comment up to the end of its line. */
  skipComment(): void {
    if (this.peek() !== 35) return;
    while (!isBreakOrEnd(this.peek())) this.offset += 1;
  }

  /** Whether `---` or `...` stands here as a marker between documents (the column is the caller's business). */
  atDocumentMarker(): boolean {
    const code = this.peek();
    if (code !== 45 && code !== 46) return false;
    return this.peek(1) === code && this.peek(2) === code && isBlank(this.peek(3));
  }
}
