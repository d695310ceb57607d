import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storedFormat } from '../../engine/backends/local/stored-format.ts';
import { applyAll } from '../../engine/core/apply.ts';
import { type ExecutionDocument, fromDocument } from '../../engine/core/document.ts';
import { type ExecutionTree, emptyTree } from '../../engine/core/execution-tree.ts';
import type { Commit } from '../../engine/model/events.ts';
import type { WorkflowExecutionId } from '../../engine/model/ids.ts';
import type { Listed } from '../../engine/store/execution-list.ts';
import { openStore } from '../../engine/store/open-store.ts';

export interface StoredExecution {
  readonly id: string;
  /** The `token` of its input. */
  readonly token: string;
  readonly state: string;
  /** Its HTTP actions. */
  readonly actions: readonly { readonly url: string; readonly state: string }[];
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Everything that a folder holds, without anything being run; and what is wrong with it. */
export async function readStored(
  folder: string,
): Promise<{ readonly executions: readonly StoredExecution[]; readonly problems: readonly string[] }> {
  const { store, unfinished } = await openStore<Commit, ExecutionDocument, Listed>(folder, {
    durability: 'durable',
    goesOn: () => false,
    log: silent,
    format: storedFormat,
  });
  const problems: string[] = [];
  const executions: StoredExecution[] = [];
  try {
    const { ids } = await store.list({ cursor: null, limit: Number.MAX_SAFE_INTEGER });
    for (const id of new Set([...ids, ...unfinished])) {
      const loaded = await store.load(id);
      if (loaded === null) {
        problems.push(`${id} is listed and not there`);
        continue;
      }
      const start = loaded.document === null ? emptyTree(id as WorkflowExecutionId) : fromDocument(loaded.document);
      const tree = loaded.commits.reduce((before, { at, events }) => applyAll(before, events, at), start);
      executions.push(describe(id, tree));
      let last = 0;
      for await (const { position } of store.history(id)) {
        if (position !== last + 1) problems.push(`${id}: commit ${position} follows commit ${last}`);
        last = position;
      }
      if (last !== loaded.position) problems.push(`${id} has ${loaded.position} commits, its history ${last}`);
    }
    problems.push(...store.problems().map(({ message }) => message));
  } finally {
    await store.close();
  }
  return { executions, problems: [...problems, ...(await unreadable(folder))] };
}

function describe(id: string, tree: ExecutionTree): StoredExecution {
  const root = tree.workflows.get(id as WorkflowExecutionId);
  const actions = [...tree.actions.values()].filter(({ name }) => name === 'std.http');
  return {
    id,
    token: String(root?.input.token ?? ''),
    state: root?.state ?? 'missing',
    actions: actions.map(({ input, state }) => ({ url: String(input.url), state })),
  };
}

/** A kill damages nothing: every document is JSON, and nothing had to be kept aside. */
async function unreadable(folder: string): Promise<readonly string[]> {
  const wrongs: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    if (/\.(damaged|changed)/.test(name)) wrongs.push(`${name} was kept aside`);
    if (!name.endsWith('.json')) continue;
    try {
      JSON.parse(await readFile(join(folder, name), 'utf8'));
    } catch (error) {
      wrongs.push(`${name}: ${String(error)}`);
    }
  }
  return wrongs;
}
