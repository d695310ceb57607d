/** One file of the index, as far as it is in memory. */
export interface Page<S> {
  readonly number: number;
  /** How many executions stand in it. */
  count: number;
  lines: number;
  /** Bytes, and the CRC-32 of them. */
  size: number;
  crc: number;
  /** The file does not end where it should: it is written anew with the next change. */
  broken: boolean;
  /** The summary in the line that begins at this byte, for lines that were in the file when the store was opened. */
  summaryAt: (at: number) => S;
}

export function emptyPage<S>(number: number): Page<S> {
  return { number, count: 0, lines: 0, size: 0, crc: 0, broken: false, summaryAt: notHeld };
}

/** What a page says whose text is not held. */
export function notHeld(at: number): never {
  throw new Error(`The line at ${at} of a page of the index is not held.`);
}
