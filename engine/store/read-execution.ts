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
  /** The document is missing, or older than the history: it should be written again. */
  readonly outdated: boolean;
}

/**
 * Puts an execution together: its document, then what the journal has besides. The history, which has every commit, is
 * only read when those two do not meet.
 *
 * @param tail the lines of the journal that are not in the document
 * @param known up to which commit the files are on disk, as far as the index knows
 * @throws StoreError `newer` or `unusable`
 */
export async function readExecution(
  files: ExecutionFiles,
  histories: Histories,
  id: string,
  tail: readonly HistoryLine[],
  known: number,
): Promise<ReadExecution> {
  const stored = (await files.read(id))?.stored ?? null;
  const start = stored?.position ?? 0;
  const sequence = new Sequence(start);
  const commits: HistoryLine[] = [];
  const take = (line: HistoryLine) => {
    if (sequence.takes(line.head, line.text)) commits.push(line);
  };
  const first = tail[0]?.head.position ?? known + 1;
  if (stored === null || start + 1 < Math.max(first, known + 1)) {
    for await (const batch of histories.read(id)) for (const line of batch) take(line);
  }
  const outdated = sequence.position > start;
  for (const line of tail) take(line);
  return { stored, commits, position: sequence.position, highest: sequence.highest, outdated };
}
