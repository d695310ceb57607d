import type { ExecutionFiles, StoredDocument } from './execution-files.ts';
import type { Histories, HistoryLine } from './histories.ts';
import { Sequence } from './sequence.ts';

export interface ReadExecution {
  /** Null when there is none that can be read. */
  readonly stored: StoredDocument | null;
  /** What follows the document without a hole; all commits when there is no document. */
  readonly commits: readonly HistoryLine[];
  /** How many commits of the execution that makes. */
  readonly position: number;
  /** The highest number of a line that was seen; above `position` when something is missing. */
  readonly highest: number;
  /** Bytes of the document; 0 without one. */
  readonly documentSize: number;
  /** Large values of the document that could not be read. */
  readonly lostValues: number;
  /** Bytes of commits in the history that the document does not have. */
  readonly behind: number;
}

/**
 * Puts an execution together: its document, then what the journal has besides. The history, which has every commit, is
 * only read from the document on, and only when those two do not meet.
 *
 * @param tail the lines of the journal that are not in the document
 * @param written up to which commit the history goes at least; null when nobody knows
 * @throws StoreError `newer` or `unusable`
 */
export async function readExecution(
  files: ExecutionFiles,
  histories: Histories,
  id: string,
  tail: readonly HistoryLine[],
  written: number | null,
): Promise<ReadExecution> {
  const read = await files.read(id);
  const stored = read?.stored ?? null;
  const start = stored?.position ?? 0;
  const sequence = new Sequence(start);
  const commits: HistoryLine[] = [];
  const take = (line: HistoryLine) => {
    if (sequence.takes(line)) commits.push(line);
  };
  const needed = Math.max(written ?? 0, (tail[0]?.head.position ?? 0) - 1);
  if (stored === null || written === null || start < needed) {
    for await (const batch of histories.read(id, start)) for (const line of batch) take(line);
  }
  const behind = commits.reduce((sum, { bytes }) => sum + bytes.length, 0);
  for (const line of tail) take(line);
  return {
    stored,
    commits,
    position: sequence.position,
    highest: sequence.highest,
    documentSize: read?.size ?? 0,
    lostValues: read?.lostValues ?? 0,
    behind,
  };
}
