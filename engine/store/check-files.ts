import type { ExecutionFiles } from './execution-files.ts';
import type { ExecutionList, Listed } from './execution-list.ts';
import type { IndexEntry, IndexPages } from './index-pages.ts';
import { SMALL_DOCUMENT } from './ledger.ts';
import type { Problems } from './problems.ts';

export interface CheckedFiles<S extends Listed> {
  readonly files: ExecutionFiles;
  readonly pages: IndexPages<S>;
  readonly list: ExecutionList<S>;
  readonly problems: Problems;
  /** The folder of the executions. */
  readonly folder: string;
  /** Whether the journal has something of an execution, or it is being deleted: then its files are nobody's surprise. */
  readonly isBusy: (id: string) => boolean;
  readonly goesOn: (summary: S) => boolean;
}

export interface FoundFiles {
  /** Taken up in the list: there were files of them. */
  readonly listed: readonly string[];
  /** Taken out of the list: there is no file of them. */
  readonly gone: readonly string[];
  /** Have to be loaded: to be carried on, or to know what the list shows of them. */
  readonly unfinished: readonly string[];
}

/**
 * Brings the list in line with the files that are there: what stands in no page is read from its document, what has no
 * file any more goes, and a person is told. No file of an execution may be written or removed meanwhile.
 *
 * @throws StoreError `newer` or `unusable`
 */
export async function checkFiles<S extends Listed>(checked: CheckedFiles<S>): Promise<FoundFiles> {
  const { files, pages, list, problems, folder, isBusy, goesOn } = checked;
  const missing = new Set<string>();
  for (const row of list.rows()) if (row.page !== null) missing.add(row.id);
  const strays = new Map<string, boolean>();
  await files.scan((id, has) => {
    missing.delete(id);
    if (list.row(id)?.page !== undefined && list.row(id)?.page !== null) return;
    if (!isBusy(id)) strays.set(id, has === 'document' || strays.get(id) === true);
  });
  const unfinished: string[] = [];
  const found = new Map<string, IndexEntry>();
  for (const [id, hasDocument] of strays) {
    const read = hasDocument ? await files.read(id) : null;
    // Loaded, or deleted, while it was read.
    if (isBusy(id) || list.has(id)) continue;
    // A large document may be behind its history.
    if (read === null || read.size > SMALL_DOCUMENT) {
      unfinished.push(id);
      continue;
    }
    const { position, summary } = read.stored;
    found.set(id, { position, summary });
    if (goesOn(summary as S)) unfinished.push(id);
  }
  const gone = [...missing].filter((id) => list.row(id) !== null && !isBusy(id));
  if (gone.length > 0) {
    const what = gone.length === 1 ? 'One execution has' : `${gone.length} executions have`;
    problems.add('error', `${what} no file any more and can no longer be shown.`, folder);
  }
  await pages.write(new Map([...gone.map((id) => [id, null] as const), ...found]));
  return { listed: [...found.keys()], gone, unfinished };
}
