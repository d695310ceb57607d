import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Action } from '../../../engine/actions/action.ts';
import { actions } from '../../../engine/actions/registry.ts';
import { storedFormat } from '../../../engine/backends/local/stored-format.ts';
import type { ExecutionDocument } from '../../../engine/core/document.ts';
import type { ExecutionTree } from '../../../engine/core/execution-tree.ts';
import { isOwed } from '../../../engine/core/outstanding.ts';
import type { Commit } from '../../../engine/model/events.ts';
import type { WorkflowExecutionId } from '../../../engine/model/ids.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { WorkflowExecution } from '../../../engine/model/records.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { catalogKind } from '../../../engine/runtime/catalog.ts';
import { Engine, type EngineOptions, goesOn, type ListedExecution } from '../../../engine/runtime/engine.ts';
import { Library } from '../../../engine/runtime/library.ts';
import { openStore, type StoreOptions } from '../../../engine/store/open-store.ts';
import type { Store } from '../../../engine/store/store.ts';

export const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export interface Opened {
  readonly engine: Engine<ListedExecution>;
  readonly library: Library;
  readonly store: Store<Commit, ExecutionDocument, ListedExecution>;
  start(workflow: string, input?: JsonObject, params?: JsonObject): Promise<string>;
  /** The tree once its root has ended. */
  ended(rootId: string): Promise<ExecutionTree>;
  close(): Promise<void>;
}

/**
 * The real engine on a real store in this folder; what had not ended goes on.
 *
 * @param more actions beside the ones that there are
 */
export async function openEngine(
  folder: string,
  more: readonly Action[] = [],
  options: Partial<StoreOptions<ListedExecution>> &
    Partial<Pick<EngineOptions<ListedExecution>, 'actions' | 'actionsAtOnce'>> = {},
): Promise<Opened> {
  const { store, unfinished } = await openStore<Commit, ExecutionDocument, ListedExecution>(folder, {
    durability: 'fast',
    goesOn,
    log: quiet,
    format: storedFormat,
    ...options,
  });
  const catalog = await store.document('catalog.json', catalogKind).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const library = new Library(catalog);
  const engine = new Engine<ListedExecution>({
    store,
    library,
    actions: options.actions ?? new Map([...actions, ...more.map((action) => [action.name, action] as const)]),
    actionsAtOnce: options.actionsAtOnce,
    log: quiet,
    summarize,
  });
  await engine.start(unfinished);
  return {
    engine,
    library,
    store,
    async start(workflow, input = {}, params = {}) {
      const answer = await engine.startWorkflow({ workflow, namespace: '', input, params, description: '' });
      if (answer.type === 'refused') throw new Error(answer.reason);
      return answer.tree.rootId;
    },
    async ended(rootId) {
      const now = await engine.tree(rootId);
      if (now !== null && hasEnded(now)) return now;
      return new Promise((resolve) => {
        const stop = engine.onCommit((tree) => {
          if (tree.rootId !== rootId || !hasEnded(tree)) return;
          stop();
          resolve(tree);
        });
      });
    },
    async close() {
      await engine.stop();
      await store.close();
    },
  };
}

/** What is kept for the list: as little as the engine needs. */
export function summarize(tree: ExecutionTree): ListedExecution {
  const root = rootOf(tree) ?? [...tree.actions.values()][0];
  return { createdAt: root?.createdAt ?? 0, state: root?.state ?? 'ERROR', isOwed: isOwed(tree) };
}

function rootOf(tree: ExecutionTree): WorkflowExecution | undefined {
  return tree.workflows.get(tree.rootId as WorkflowExecutionId);
}

function hasEnded(tree: ExecutionTree): boolean {
  const root = rootOf(tree);
  return root !== undefined && isCompleted(root.state);
}

/** A folder that is gone when the test is over. */
export async function temporaryFolder(name: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), `windrose-${name}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
