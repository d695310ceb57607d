/** Ends the reading of a text: what follows the place cannot be understood. Offsets count from the start of the text. */
export class YamlError extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number = start + 1) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

export function tooDeep(maxDepth: number, offset: number): YamlError {
  return new YamlError(`This is nested deeper than ${maxDepth} levels, which is more than Windrose reads.`, offset);
}
