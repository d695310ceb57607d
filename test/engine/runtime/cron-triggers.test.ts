import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CronTrigger, CronTriggers, cronTriggersKind } from '../../../engine/runtime/cron-triggers.ts';
import { type Opened, openEngine } from './engine-fixture.ts';

const text = "version: '2.0'\ngreet:\n  input: [who: world]\n  tasks: {hello: {action: std.echo output=<% $.who %>}}\n";
const log = { info: () => {}, warn: () => {}, error: console.error };

/** At midnight of the first of January, so that no test waits for it. */
const yearly: CronTrigger = {
  name: 'new year',
  workflow: 'greet',
  namespace: '',
  input: { who: 'year' },
  params: {},
  pattern: '0 0 1 1 *',
  timeZone: 'UTC',
  remaining: null,
  missed: 'skip',
  isEnabled: true,
  dueAt: null,
  last: null,
};
const anHourAgo = (): number => Date.now() - 3_600_000;

describe('cron triggers', () => {
  let folder: string;
  let opened: Opened;
  let triggers: CronTriggers;

  /** As after a start of the app, with what an earlier one left behind. */
  async function open(left: readonly CronTrigger[] = []): Promise<void> {
    opened = await openEngine(folder);
    const document = await opened.store.document('cron-triggers.json', cronTriggersKind);
    if (left.length > 0) await document.update(() => ({ triggers: left }));
    if (opened.library.get('greet', '') === null) await opened.library.save(text, '');
    triggers = new CronTriggers({
      document,
      log,
      start: async ({ workflow, namespace, input, params }) => {
        const answer = await opened.engine.startWorkflow({ workflow, namespace, input, params, description: '' });
        return answer.type === 'refused' ? { refused: answer.reason } : { id: answer.tree.rootId };
      },
    });
    triggers.open();
  }

  /** Resolves once the trigger says so, by its changes. */
  function says(name: string, holds: (trigger: CronTrigger) => boolean): Promise<CronTrigger> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = triggers.list().find((each) => each.name === name && holds(each));
        if (found !== undefined) resolve(found);
      };
      triggers.onChange(look);
      look();
    });
  }

  const executions = async (): Promise<number> => (await opened.store.list({ cursor: null, limit: 100 })).total;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windrose-cron-'));
  });
  afterEach(async () => {
    triggers.close();
    await opened.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('start the workflow when they are due, with their input, and say what came of it', async () => {
    await open();
    await triggers.save({ ...yearly, pattern: '* * * * * *' });
    const { last } = await says('new year', (each) => each.last?.type === 'started');
    const id = last?.type === 'started' ? last.executionId : '';
    const tree = await opened.ended(id);
    expect([...tree.workflows.values()][0]?.input).toEqual({ who: 'year' });
  });

  test('start as many executions as were asked for, and then none', async () => {
    await open();
    await triggers.save({ ...yearly, pattern: '* * * * * *', remaining: 1 });
    const after = await says('new year', (each) => each.last !== null);
    expect(after).toMatchObject({ remaining: 0, dueAt: null, last: { type: 'started' } });
    expect(await executions()).toBe(1);
  });

  test('say why nothing was started, and try again the next time', async () => {
    await open();
    await triggers.save({ ...yearly, workflow: 'gone', pattern: '* * * * * *' });
    const after = await says('new year', (each) => each.last !== null);
    expect(after.last).toMatchObject({ type: 'refused', reason: expect.stringContaining('gone') });
    expect(after.dueAt).not.toBeNull();
  });

  test('leave out what was missed while the app was closed, unless it is to be caught up: then once', async () => {
    const dueAt = anHourAgo();
    await open([
      { ...yearly, name: 'skips', dueAt },
      { ...yearly, name: 'catches up', missed: 'catch up', pattern: '*/5 * * * *', dueAt },
    ]);
    expect((await says('skips', (each) => each.last !== null)).last).toEqual({ type: 'missed', at: dueAt });
    expect((await says('catches up', (each) => each.last !== null)).last).toMatchObject({ type: 'started', at: dueAt });
    expect(await executions()).toBe(1);
    for (const each of triggers.list()) expect(each.dueAt).toBeGreaterThan(Date.now());
  });

  test('are there after a restart, with the time at which they are due', async () => {
    await open();
    const saved = await triggers.save(yearly);
    triggers.close();
    await opened.close();
    await open();
    expect(triggers.list()).toEqual([saved]);
  });

  test('do nothing while they are switched off', async () => {
    await open();
    expect(await triggers.save({ ...yearly, isEnabled: false })).toMatchObject({ dueAt: null });
  });

  test('are not taken when they are never due', async () => {
    await open();
    await expect(triggers.save({ ...yearly, pattern: '0 0 31 2 *' })).rejects.toThrow(/never due/);
    expect(triggers.list()).toEqual([]);
  });
});
