import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actions } from '../../engine/actions/registry.ts';
import type { ExecutionDocument } from '../../engine/core/document.ts';
import type { ExecutionTree } from '../../engine/core/execution-tree.ts';
import type { Commit } from '../../engine/model/events.ts';
import { catalogKind } from '../../engine/runtime/catalog.ts';
import { Engine, goesOn, type ListedExecution } from '../../engine/runtime/engine.ts';
import { Library } from '../../engine/runtime/library.ts';
import { openStore } from '../../engine/store/open-store.ts';
import { summarize } from '../engine/runtime/engine-fixture.ts';

/** The real engine on the real store, in a temporary folder, with what the cases ask of a Mistral server. */
export interface Server {
  readonly engine: Engine<ListedExecution>;
  readonly library: Library;
  /** The address of the HTTP server that the cases call. */
  readonly helper: string;
  /** Resolves when a commit of this tree has changed something, or when it is known to satisfy the condition already. */
  until(rootId: string, condition: (tree: ExecutionTree) => boolean, milliseconds: number): Promise<boolean>;
  /** Resolves when nothing has been committed for so many milliseconds. */
  quiet(rootId: string, milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const silent = {
  info: () => {},
  warn: () => {},
  error: (message: string, details?: unknown) => console.error(message, details),
};

export async function startServer(helper: string): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), `windrose-conformance-${randomUUID().slice(0, 8)}-`));
  const format = { version: 1, upcast: (_kind: string, value: unknown) => value };
  const { store } = await openStore<Commit, ExecutionDocument, ListedExecution>(folder, {
    durability: 'fast',
    goesOn,
    log: silent,
    format,
  });
  const library = new Library(await store.document('catalog.json', catalogKind));
  const engine = new Engine({ store, library, actions, log: silent, summarize });
  await engine.start([]);
  const lastCommit = new Map<string, number>();
  engine.onCommit((tree) => lastCommit.set(tree.rootId, performance.now()));

  return {
    engine,
    library,
    helper,
    async until(rootId, condition, milliseconds) {
      const tree = await engine.tree(rootId);
      if (tree !== null && condition(tree)) return true;
      return new Promise((resolve) => {
        const done = (met: boolean): void => {
          clearTimeout(timer);
          stop();
          resolve(met);
        };
        const timer = setTimeout(() => done(false), milliseconds);
        const stop = engine.onCommit((changed) => {
          if (changed.rootId === rootId && condition(changed)) done(true);
        });
      });
    },
    async quiet(rootId, milliseconds) {
      for (;;) {
        const left = (lastCommit.get(rootId) ?? 0) + milliseconds - performance.now();
        if (left <= 0) return;
        await new Promise((resolve) => setTimeout(resolve, left));
      }
    },
    async close() {
      await engine.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
