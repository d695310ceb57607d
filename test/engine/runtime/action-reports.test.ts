import { appendFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Action, type ActionContext, succeeded } from '../../../engine/actions/action.ts';
import { stdNoop } from '../../../engine/actions/std-noop.ts';
import { type Opened, openEngine, temporaryFolder } from './engine-fixture.ts';

/** An action that reports what the test wants it to. */
function withTalk(work: (context: ActionContext) => Promise<void> | void): readonly Action[] {
  const run: Action['run'] = async (_input, context) => {
    await work(context);
    return succeeded(null);
  };
  return [{ ...stdNoop, name: 'test.talk', isPure: false, run }];
}

async function talk({ library, start, ended }: Opened): Promise<{ readonly rootId: string; readonly id: string }> {
  await library.save("version: '2.0'\none:\n  tasks:\n    t: {action: test.talk}\n", '');
  const rootId = await start('one');
  const tree = await ended(rootId);
  return { rootId, id: [...tree.actions.values()][0]?.id ?? '' };
}

test('what an action logged, and how far it was, is there when it has ended, and after a restart', async () => {
  await using folder = await temporaryFolder('reports');
  const registry = withTalk((context) => {
    context.log('first');
    context.log('second\nthird\r\n', 'stderr');
    context.progress(0.5, 'half of it');
    context.progress(7);
  });
  const before = await openEngine(folder.path, registry);
  const { rootId, id } = await talk(before);
  const expected = {
    lines: [
      { number: 1, at: expect.any(Number), source: null, text: 'first' },
      { number: 2, at: expect.any(Number), source: 'stderr', text: 'second' },
      { number: 3, at: expect.any(Number), source: 'stderr', text: 'third' },
    ],
    progress: { fraction: 1, text: null },
  };
  expect(await before.engine.reports.read(rootId, id)).toEqual(expected);
  expect(before.engine.reports.current(id)).toBeNull();
  await before.close();
  const after = await openEngine(folder.path, registry);
  expect(await after.engine.reports.read(rootId, id)).toEqual(expected);
  await after.close();
});

test('while an action runs, others hear of what it has reported once it is written', async () => {
  await using folder = await temporaryFolder('reports');
  let finish = (): void => {};
  const opened = await openEngine(
    folder.path,
    withTalk((context) => {
      context.progress(0.25, 'a quarter');
      context.log('at work');
      return new Promise((resolve) => {
        finish = resolve;
      });
    }),
  );
  const heard = new Promise<readonly [string, string]>((resolve) => {
    opened.engine.reports.onChange((...ids) => resolve(ids));
  });
  const running = talk(opened);
  const [rootId, id] = await heard;
  expect(opened.engine.reports.current(id)).toEqual({ progress: { fraction: 0.25, text: 'a quarter' }, lines: 1 });
  expect((await opened.engine.reports.read(rootId, id)).lines).toMatchObject([{ text: 'at work' }]);
  finish();
  expect(await running).toEqual({ rootId, id });
  await opened.close();
});

test('of endless lines the newest are kept, and their numbers say how many are missing', async () => {
  await using folder = await temporaryFolder('reports');
  const opened = await openEngine(
    folder.path,
    withTalk((context) => {
      for (let i = 1; i <= 50_000; i++) context.log(`${i} ${'x'.repeat(i % 300)}`);
      context.log('y'.repeat(1_000_000));
    }),
  );
  const { rootId, id } = await talk(opened);
  const { lines } = await opened.engine.reports.read(rootId, id);
  expect(lines.length).toBeGreaterThan(500);
  expect(lines.length).toBeLessThanOrEqual(1000);
  expect(lines.at(-1)).toMatchObject({ number: 50_001, text: `${'y'.repeat(3999)}…` });
  expect(lines.map(({ number }) => number)).toEqual(lines.map((_, i) => 50_002 - lines.length + i));
  await opened.close();
});

test('an action that reports for long fills two files and no more', async () => {
  await using folder = await temporaryFolder('reports');
  const opened = await openEngine(
    folder.path,
    withTalk(async (context) => {
      for (let i = 0; i < 11; i++) {
        const written = new Promise<void>((resolve) => {
          const stop = opened.engine.reports.onChange(() => {
            stop();
            resolve();
          });
        });
        for (let n = 0; n < 700; n++) context.log(`${i} ${n} ${'z'.repeat(200)}`);
        await written;
      }
    }),
  );
  const { rootId, id } = await talk(opened);
  const files = await logFiles(folder.path);
  expect(files.map((name) => name.replace(/^.*\//, '').replace(`${rootId}.${id}`, ''))).toEqual(['.log', '.older.log']);
  for (const file of files) expect((await stat(file)).size).toBeLessThan(1024 * 1024);
  expect((await opened.engine.reports.read(rootId, id)).lines.at(-1)).toMatchObject({ number: 7700 });
  await opened.engine.delete(rootId);
  expect(await logFiles(folder.path)).toEqual([]);
  await opened.close();
});

test('a line that a crash has torn costs only itself', async () => {
  await using folder = await temporaryFolder('reports');
  const registry = withTalk((context) => context.log('whole'));
  const before = await openEngine(folder.path, registry);
  const { rootId, id } = await talk(before);
  const [file = ''] = await logFiles(folder.path);
  await appendFile(file, '{"number":2,"te');
  await before.store.appendLog(rootId, id, [{ number: 3, at: 0, source: null, text: 'later' }]);
  expect((await before.engine.reports.read(rootId, id)).lines.map(({ text }) => text)).toEqual(['whole', 'later']);
  await before.close();
});

async function logFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'executions'), { recursive: true });
  return names
    .filter((name) => name.endsWith('.log'))
    .map((name) => join(folder, 'executions', name))
    .sort();
}
