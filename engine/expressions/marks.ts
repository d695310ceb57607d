/** A part of a text from an opening mark to the end of a closing one. */
export interface Marked {
  /** With the marks. */
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly index: number;
}

/**
 * The parts between marks. An expression ends in the line that it begins in. No regular expression: in a long line of
 * marks that never close it would look for the end again and again.
 */
export function findMarked(text: string, opening: string, closing: string): readonly Marked[] {
  const found: Marked[] = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    for (let from = line.indexOf(opening); from >= 0; ) {
      const end = line.indexOf(closing, from + opening.length);
      if (end < 0) break;
      found.push({ text: line.slice(from, end + closing.length), index: lineStart + from });
      from = line.indexOf(opening, end + closing.length);
    }
    lineStart += line.length + 1;
  }
  return found;
}
