/** Something that is wrong with a text, said where it is. Lines and columns count from 1, as editors show them. */
export interface Problem {
  /** A sentence for the person who wrote the text; where a near name exists it ends with "Did you mean 'x'?". */
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** Just after the last character concerned. */
  readonly endLine: number;
  readonly endColumn: number;
  /** The name that was probably meant; an editor can put it in place of the range. */
  readonly suggestion: string | null;
}
