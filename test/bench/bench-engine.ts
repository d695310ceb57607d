import { actions } from '../../engine/actions/registry.ts';
import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { ChangeFeed } from '../../engine/backends/local/change-feed.ts';
import type { NewestTree } from '../../engine/backends/local/instants.ts';
import { type DefinitionLookup, NodeView } from '../../engine/backends/local/nodes.ts';
import { storedFormat } from '../../engine/backends/local/stored-format.ts';
import type { ExecutionDocument } from '../../engine/core/document.ts';
import type { ExecutionTree } from '../../engine/core/execution-tree.ts';
import type { Commit } from '../../engine/model/events.ts';
import type { WorkflowExecutionId } from '../../engine/model/ids.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { isCompleted } from '../../engine/model/states.ts';
import { catalogKind } from '../../engine/runtime/catalog.ts';
import { Engine, goesOn } from '../../engine/runtime/engine.ts';
import { Library } from '../../engine/runtime/library.ts';
import { openStore } from '../../engine/store/open-store.ts';
import type { Store } from '../../engine/store/store.ts';
import { CountingDisk } from './counting-disk.ts';

export interface BenchEngine extends AsyncDisposable {
  readonly store: Store<Commit, ExecutionDocument, ExecutionSummary>;
  readonly disk: CountingDisk;
  /** @throws Error when there is something wrong with the text */
  save(text: string): Promise<void>;
  /** Starts an execution and resolves once its end is on disk. @throws Error when it did not succeed */
  run(workflow: string, input?: JsonObject): Promise<string>;
  /** Starts an execution and does not wait for its end. */
  start(workflow: string, input?: JsonObject): Promise<string>;
  cancel(id: string): Promise<void>;
  /** Reads an execution as the window does when somebody opens it. */
  open(id: string): Promise<void>;
  readonly newest: NewestTree;
}

/**
 * What the window's backend is made of, in durable mode, with all that it does for each commit.
 *
 * @param actionsAtOnce how many that are not pure; as in the app unless given
 */
export async function openBenchEngine(folder: string, actionsAtOnce?: number): Promise<BenchEngine> {
  const disk = new CountingDisk();
  const log = { info: () => {}, warn: console.error, error: console.error };
  const { store, unfinished } = await openStore<Commit, ExecutionDocument, ExecutionSummary>(folder, {
    durability: 'durable',
    log,
    format: storedFormat,
    goesOn,
    disk,
  });
  const library = new Library(await store.document('catalog.json', catalogKind));
  const lookup: DefinitionLookup = (tree, workflow) => library.definitionOf(tree, workflow);
  const summarize = (tree: ExecutionTree) => new NodeView(tree, lookup).root();
  const engine = new Engine({ store, library, actions, actionsAtOnce, log, summarize });
  const feed = new ChangeFeed(lookup);
  feed.subscribe(() => {});
  const waiting = new Map<string, (state: string) => void>();
  const ended = new Map<string, string>();
  engine.onCommit((tree, events) => {
    feed.committed(tree, events);
    const { rootId } = tree;
    const root = tree.workflows.get(rootId as WorkflowExecutionId);
    if (root === undefined || !isCompleted(root.state)) return;
    const tell = waiting.get(rootId);
    if (tell === undefined) ended.set(rootId, root.state);
    else tell(root.state);
    waiting.delete(rootId);
  });
  await engine.start(unfinished);
  const start = async (workflow: string, input: JsonObject = {}): Promise<string> => {
    const answer = await engine.startWorkflow({ workflow, namespace: '', input, params: {}, description: '' });
    if (answer.type === 'refused') throw new Error(answer.reason);
    return answer.tree.rootId;
  };
  return {
    store,
    disk,
    async save(text) {
      const { problems } = await library.save(text, '');
      if (problems.length > 0) throw new Error(JSON.stringify(problems));
    },
    start,
    async cancel(id) {
      const command = {
        type: 'StopExecution',
        id: id as WorkflowExecutionId,
        state: 'CANCELLED',
        message: null,
      } as const;
      await engine.submit(id, command);
    },
    async run(workflow, input = {}) {
      const rootId = await start(workflow, input);
      const state = ended.get(rootId) ?? (await new Promise<string>((resolve) => waiting.set(rootId, resolve)));
      ended.delete(rootId);
      if (state !== 'SUCCESS') throw new Error(`${workflow} ended in ${state}`);
      return rootId;
    },
    async open(id) {
      if ((await engine.tree(id)) === null) throw new Error(`There is no execution ${id}.`);
    },
    newest: (id) => engine.newest(id),
    async [Symbol.asyncDispose]() {
      await engine.stop();
      feed.close();
      await store.close();
    },
  };
}
