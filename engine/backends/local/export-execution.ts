import { ApiError } from '../../api/api-error.ts';
import type { ExecutionSummary } from '../../api/resources.ts';
import { type ExecutionDocument, toDocument } from '../../core/document.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { Commit } from '../../model/events.ts';
import { encodeJson } from '../../model/json.ts';
import { encodePieces } from '../../store/json-lines.ts';
import { separate } from '../../store/large-values.ts';
import type { Store } from '../../store/store.ts';
import { EXECUTION_FILE, LARGEST_FILE, Turns } from './execution-file.ts';

/**
 * The text of the file of one execution (execution-file.ts), in pieces.
 *
 * @param position how many commits the tree contains
 * @throws ApiError when its history is not whole, or the file would be larger than one that can be imported
 */
export async function* exportExecution(
  store: Store<Commit, ExecutionDocument, ExecutionSummary>,
  tree: ExecutionTree,
  position: number,
  summary: ExecutionSummary,
  now: number,
): AsyncGenerator<string> {
  const turns = new Turns();
  const values = new Map<string, unknown>();
  const take = <T extends object>(each: T): object => {
    const { rest, references, values: large } = separate(each);
    for (const { sha256, value } of large) values.set(sha256, value);
    return references.length === 0 ? (rest as object) : { ...(rest as object), payloads: references };
  };
  const commits: object[] = [];
  let last = 0;
  for await (const each of store.history(tree.rootId)) {
    if (each.position > position) break;
    last = each.position;
    commits.push(take(each.commit));
    await turns.next();
  }
  if (last !== position) {
    throw new ApiError(
      'REFUSED',
      'This execution cannot be exported: a part of its history was lost to a damaged file.',
    );
  }
  const document = take(toDocument(tree));
  const logs: object[] = [];
  for (const action of tree.actions.keys()) {
    const entries = await store.readLog(tree.rootId, action);
    if (entries.length > 0) logs.push({ action, entries });
  }
  const content = {
    windrose: EXECUTION_FILE.kind,
    version: EXECUTION_FILE.version,
    id: tree.rootId,
    exportedAt: new Date(now).toISOString(),
    summary,
    document,
    commits,
    values: [...values].map(([sha256, value]) => ({ sha256, value })),
    logs,
  };
  let bytes = 2;
  for (const piece of encodePieces(content, (element) => encodeJson(element))) {
    bytes += Buffer.byteLength(piece);
    if (bytes > LARGEST_FILE)
      throw new ApiError('REFUSED', 'This execution is too large for one file: more than 200 MB.');
    yield piece;
    await turns.next();
  }
  yield '}\n';
}
