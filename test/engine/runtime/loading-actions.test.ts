import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OwnActions } from '../../../engine/actions/own/own-actions.ts';
import { actions as builtIn } from '../../../engine/actions/registry.ts';
import { isOwed } from '../../../engine/core/outstanding.ts';
import type { WorkflowExecutionId } from '../../../engine/model/ids.ts';
import type { ActionExecution } from '../../../engine/model/records.ts';
import { until } from '../actions/processes.ts';
import { type Opened, openEngine, temporaryFolder } from './engine-fixture.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

const WAITS = 'Waits until the modules of your own actions are loaded';

/** The action `acme.work`, of a module that is loaded only while a file is there; it says that it runs, and ends once another is. */
class SlowModule {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async in(folder: string): Promise<SlowModule> {
    const slow = new SlowModule(folder);
    await mkdir(join(folder, 'actions'));
    await writeFile(
      join(folder, 'actions', 'slow.js'),
      `import { appendFile } from 'node:fs/promises';
      import { existsSync } from 'node:fs';
      const there = async (file, signal) => {
        while (!existsSync(file) && signal?.aborted !== true) await new Promise((resolve) => setTimeout(resolve, 5));
      };
      await there(${JSON.stringify(slow.path('load'))});
      export const work = { name: 'acme.work', async run(input, { signal }) {
        await appendFile(${JSON.stringify(slow.path('ran'))}, 'x');
        await there(${JSON.stringify(slow.path('end'))}, signal);
        return 'done';
      } };`,
    );
    return slow;
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  /** Lets it be loaded. */
  load(): Promise<void> {
    return writeFile(this.path('load'), '');
  }

  unload(): Promise<void> {
    return rm(this.path('load'));
  }

  /** Lets the action end. */
  end(): Promise<void> {
    return writeFile(this.path('end'), '');
  }

  /** How often the action has begun. */
  async ran(): Promise<number> {
    return (await readFile(this.path('ran'), 'utf8').catch(() => '')).length;
  }

  /** @param slow how long the engine's start waits for the module, in milliseconds */
  async open(slow: number): Promise<Opened & { readonly own: OwnActions }> {
    const own = await OwnActions.open({ folder: this.path('actions'), builtIn, log, slow, loading: 60_000 });
    const opened = await openEngine(this.path('store'), [], { actions: own, actionsAtOnce: 2 });
    const close = async (): Promise<void> => {
      await opened.close();
      await own.close();
    };
    return { ...opened, own, close };
  }
}

async function actionsOf({ engine }: Opened, rootId: string): Promise<readonly ActionExecution[]> {
  const tree = await engine.tree(rootId);
  return [...(tree?.actions.values() ?? [])].sort((a, b) => a.order - b.order);
}

const settled = (opened: Opened, rootId: string) =>
  until(async () => {
    const tree = (await opened.engine.durableState(rootId))?.tree ?? null;
    return tree === null || isOwed(tree) ? null : tree;
  });

/** The action of the first task, once it waits for its module. */
const waitingIn = (opened: Opened, rootId: string) =>
  until(async () => {
    const [first] = await actionsOf(opened, rootId);
    return first !== undefined && opened.engine.waitReason(first.id) === WAITS ? first.id : null;
  });

const ONE = "version: '2.0'\none:\n  tasks:\n    a: {action: acme.work}\n";

describe('while a module takes long to load', () => {
  test('what waited to begin when the engine stopped, or is safe to run again, waits for it, and runs', async () => {
    await using folder = await temporaryFolder('loading');
    const slow = await SlowModule.in(folder.path);
    await slow.load();
    const before = await slow.open(60_000);
    await before.library.save(
      `version: '2.0'
three:
  tasks:
    a: {action: acme.work, safe-rerun: true}
    b: {action: acme.work, on-error: [handled]}
    c: {action: acme.work}
    handled: {action: std.noop}
`,
      '',
    );
    const id = await before.start('three');
    await until(async () => ((await slow.ran()) === 2 ? true : null));
    await before.close();

    await slow.unload();
    await slow.end();
    const after = await slow.open(100);
    const states = async () =>
      (await actionsOf(after, id))
        .filter(({ name }) => name === 'acme.work')
        .map((action) => after.engine.waitReason(action.id) ?? action.state);
    await until(async () => ((await states()).filter((each) => each === WAITS).length === 2 ? true : null));
    expect(await states()).toEqual([WAITS, 'ERROR', WAITS]);
    await slow.load();
    const tree = await after.ended(id);
    expect(await states()).toEqual(['SUCCESS', 'ERROR', 'SUCCESS']);
    expect((await actionsOf(after, id))[1]?.output).toMatchObject({
      result: expect.stringMatching(/^Windrose was stopped while acme\.work was running/),
    });
    expect(tree.workflows.get(id as WorkflowExecutionId)?.interruption).toMatchObject({ repeated: 1, failed: 1 });
    expect(await slow.ran()).toBe(4);
    await after.close();
  });

  test('what starts waits for it, too, and so does an action that is tried', async () => {
    await using folder = await temporaryFolder('loading');
    const slow = await SlowModule.in(folder.path);
    await slow.end();
    const opened = await slow.open(100);
    await opened.library.save(ONE, '');
    const id = await opened.start('one');
    await waitingIn(opened, id);
    const tried = opened.engine.tryAction({ action: 'acme.work', namespace: '', input: {} });
    await slow.load();
    expect(await tried).toMatchObject({ state: 'SUCCESS', output: { result: 'done' } });
    await opened.ended(id);
    expect(await actionsOf(opened, id)).toMatchObject([{ state: 'SUCCESS' }]);
    await opened.close();
  });

  test('an action that no module turns out to have says so once all are loaded', async () => {
    await using folder = await temporaryFolder('loading');
    const slow = await SlowModule.in(folder.path);
    const opened = await slow.open(100);
    await opened.library.save(ONE.replace('acme.work', 'acme.other'), '');
    const id = await opened.start('one');
    await waitingIn(opened, id);
    await slow.load();
    await settled(opened, id);
    expect(await actionsOf(opened, id)).toMatchObject([
      { state: 'ERROR', output: { result: "There is no action named 'acme.other' any more." } },
    ]);
    await opened.close();
  });

  test('an action that waits for it can be cancelled, and stays held when its execution is paused', async () => {
    await using folder = await temporaryFolder('loading');
    const slow = await SlowModule.in(folder.path);
    await slow.end();
    const opened = await slow.open(100);
    await opened.library.save(ONE, '');
    const [cancelled, paused] = [await opened.start('one'), await opened.start('one')];
    await waitingIn(opened, cancelled);
    const held = await waitingIn(opened, paused);
    await opened.engine.submit(cancelled, {
      type: 'StopExecution',
      id: cancelled as WorkflowExecutionId,
      state: 'CANCELLED',
      message: null,
    });
    await settled(opened, cancelled);
    expect(await actionsOf(opened, cancelled)).toMatchObject([{ state: 'CANCELLED' }]);
    const id = paused as WorkflowExecutionId;
    await opened.engine.submit(paused, { type: 'PauseExecution', id, message: null });
    expect(opened.engine.waitReason(held)).toBe('Waits until its execution is resumed');
    await slow.load();
    await opened.own.loading;
    expect(opened.engine.waitReason(held)).toBe('Waits until its execution is resumed');
    await opened.engine.submit(paused, { type: 'ResumeExecution', id, env: null });
    await opened.ended(paused);
    expect(await actionsOf(opened, paused)).toMatchObject([{ state: 'SUCCESS' }]);
    await opened.close();
  });
});
