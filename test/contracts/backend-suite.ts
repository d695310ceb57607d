import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from '../../engine/api/api-error.ts';
import type { Backend } from '../../engine/api/backend.ts';
import type { Change } from '../../engine/api/changes.ts';
import type { HistoryFilter, Output } from '../../engine/api/methods.ts';
import type { ExecutionSummary, Node } from '../../engine/api/resources.ts';

const text = `version: '2.0'
greet:
  input:
    - who: world
  output: {said: "<% $.said %>"}
  tasks:
    hello:
      action: std.echo output=<% 'hello ' + $.who %>
      publish: {said: <% task().result %>}
held:
  tasks:
    wait: {action: std.async_noop, on-success: after}
    after: {action: std.noop}
failing:
  tasks:
    bad: {action: std.fail}
`;

/** What every backend must do, whatever runs the workflows behind it. */
export function describeBackend(
  name: string,
  open: () => Promise<{ readonly backend: Backend; close(): Promise<void> }>,
): void {
  describe(name, () => {
    let backend: Backend;
    let close: () => Promise<void>;
    let changes: Change[];

    beforeEach(async () => {
      ({ backend, close } = await open());
      changes = [];
      backend.subscribe((batch) => changes.push(...batch));
      await backend.call('workflows.save', { text });
    });
    afterEach(() => close());

    /** Resolves with the execution once a change says that it is in this state. */
    function becomes(id: string, state: ExecutionSummary['state']): Promise<ExecutionSummary> {
      return new Promise((resolve) => {
        const look = (batch: readonly Change[]): void => {
          for (const change of batch) {
            if (change.type !== 'execution' || change.execution.id !== id || change.execution.state !== state) continue;
            stop();
            resolve(change.execution);
          }
        };
        const stop = backend.subscribe(look);
        look(changes);
      });
    }

    const codeOf = (call: Promise<unknown>): Promise<string> =>
      call.then(
        () => 'no error',
        (error: unknown) => (error instanceof ApiError ? error.code : `not an ApiError: ${String(error)}`),
      );

    test('runs a workflow and tells when it has ended, with its output', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'greet', input: { who: 'you' } });
      await becomes(id, 'SUCCESS');
      expect(await backend.call('nodes.payload', { rootId: id, id, field: 'output' })).toEqual({
        type: 'json',
        text: '{"said":"hello you"}',
      });
    });

    test('keeps cron triggers, tells of them, and shows when they are due before they are kept', async () => {
      const plan = { name: 'daily', workflow: 'greet', pattern: '0 9 * * *', timeZone: 'Europe/Rome' };
      const preview = await backend.call('cronTriggers.preview', { ...plan, count: 2 });
      const saved = await backend.call('cronTriggers.save', { ...plan, input: { who: 'Rome' } });
      expect(preview).toEqual({ type: 'times', times: [saved.dueAt, expect.any(Number)] });
      expect(await backend.call('cronTriggers.list', {})).toEqual([saved]);
      expect(await codeOf(backend.call('cronTriggers.save', { ...plan, pattern: 'daily' }))).toBe('INVALID');
      expect(await backend.call('cronTriggers.preview', { pattern: 'daily' })).toMatchObject({ type: 'error' });
      await backend.call('cronTriggers.delete', { name: 'daily' });
      expect(await codeOf(backend.call('cronTriggers.delete', { name: 'daily' }))).toBe('NOT_FOUND');
      await expect
        .poll(() => changes.findLast((each) => each.type === 'cronTriggers'))
        .toEqual({ type: 'cronTriggers', cronTriggers: [] });
    });

    test('lists executions newest first, in pages that leave out nothing', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) ids.push((await backend.call('executions.start', { workflow: 'greet' })).id);
      const listed: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { executions: ExecutionSummary[]; next: string | null; total: number } = await backend.call(
          'executions.list',
          { cursor, limit: 2 },
        );
        expect(page.total).toBe(5);
        listed.push(...page.executions.map((each) => each.id));
        cursor = page.next;
      } while (cursor !== null);
      expect([...listed].sort()).toEqual([...ids].sort());
    });

    test('finds executions by name and by state', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'failing' });
      await backend.call('executions.start', { workflow: 'greet' });
      await becomes(id, 'ERROR');
      const byState = await backend.call('executions.list', { state: 'ERROR' });
      const byName = await backend.call('executions.list', { text: 'FAIL' });
      expect(byState.executions.map((each) => each.id)).toEqual([id]);
      expect(byName.executions.map((each) => each.id)).toEqual([id]);
    });

    test('gives a watched tree whole, and from then on what changes in it', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      const { nodes } = await backend.call('executions.watch', { id });
      const shown = new Map<string, Node>(nodes.map((node) => [node.id, node]));
      const action = [...shown.values()].find((node) => node.kind === 'action');
      expect(action).toMatchObject({ name: 'std.async_noop', state: 'RUNNING' });
      await backend.call('actions.complete', { id: action?.id ?? '', state: 'SUCCESS', output: null });
      await becomes(id, 'SUCCESS');
      for (const change of changes) {
        if (change.type === 'nodes' && change.rootId === id) for (const node of change.nodes) shown.set(node.id, node);
      }
      const states = [...shown.values()].sort((a, b) => a.order - b.order).map((node) => `${node.name} ${node.state}`);
      expect(states).toEqual([
        'held SUCCESS',
        'wait SUCCESS',
        'std.async_noop SUCCESS',
        'after SUCCESS',
        'std.noop SUCCESS',
      ]);
    });

    test('tells what happened in pages that leave out nothing', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'greet' });
      await becomes(id, 'SUCCESS');
      const whole = await backend.call('executions.history', { id });
      expect(whole.more).toBe(false);
      expect(whole.events.length).toBeGreaterThan(1);
      const paged = [];
      let cursor: string | null = null;
      for (let more = true; more; ) {
        const page: Output<'executions.history'> = await backend.call('executions.history', { id, cursor, limit: 1 });
        paged.push(...page.events);
        ({ more } = page);
        cursor = page.end;
      }
      expect(paged).toEqual(whole.events);

      const backwards = [];
      cursor = null;
      for (let more = true; more; ) {
        const page: Output<'executions.history'> = await backend.call('executions.history', {
          ...{ id, cursor, limit: 1, direction: 'before' },
        });
        backwards.unshift(...page.events);
        ({ more } = page);
        cursor = page.start;
      }
      expect(backwards).toEqual(whole.events);
    });

    test('finds in what happened a text, a kind of event and what happened to one node', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'greet' });
      await becomes(id, 'SUCCESS');
      const { events } = await backend.call('executions.history', { id });
      const found = async (filter: Partial<HistoryFilter>) =>
        (await backend.call('executions.history', { id, filter: { text: '', types: null, nodeId: null, ...filter } }))
          .events;
      expect(await found({})).toEqual(events);
      expect(await found({ types: ['succeeded'] })).toEqual(events.filter(({ type }) => type === 'succeeded'));
      expect(await found({ nodeId: id })).toEqual(events.filter(({ nodeId }) => nodeId === id));
      expect(await found({ text: ' GREET SUCCEEDED ', nodeId: id })).toEqual([events.at(-1)]);
      expect(await found({ text: 'nobody says that' })).toEqual([]);
    });

    test('tells which commands of the engine followed from the end of a task', async () => {
      const guarded = `version: '2.0'
guarded:
  tasks:
    build:
      action: std.noop
      on-success:
        - fail: <% false %>
        - succeed: <% true %>
`;
      await backend.call('workflows.save', { text: guarded });
      const { id } = await backend.call('executions.start', { workflow: 'guarded' });
      await becomes(id, 'SUCCESS');
      const { nodes } = await backend.call('executions.watch', { id });
      expect(nodes.find(({ name }) => name === 'build')).toMatchObject({ commands: ['succeed'] });
    });

    test('shows an execution as it was after any of its commits', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      const { nodes: before } = await backend.call('executions.watch', { id });
      const action = before.find((each) => each.kind === 'action');
      const { end } = await backend.call('executions.history', { id });
      await backend.call('actions.complete', { id: action?.id ?? '', state: 'SUCCESS', output: 'done' });
      await becomes(id, 'SUCCESS');

      const then = await backend.call('executions.at', { id, position: Number(end) });
      expect(then).toMatchObject({ position: Number(end), nodes: before });
      const last = await backend.call('executions.history', { id });
      const { nodes: now } = await backend.call('executions.watch', { id });
      expect((await backend.call('executions.at', { id, position: Number(last.end) })).nodes).toEqual(now);

      const payload = { rootId: id, id: action?.id ?? '', field: 'output' } as const;
      expect(await backend.call('nodes.payload', { ...payload, position: Number(end) })).toEqual({ type: 'none' });
      expect(await backend.call('nodes.payload', payload)).toEqual({ type: 'json', text: '"done"' });
    });

    test('pauses so that nothing new starts, and goes on when it is resumed', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      await backend.call('executions.pause', { id });
      const { nodes } = await backend.call('executions.watch', { id });
      const action = nodes.find((node) => node.kind === 'action');
      await backend.call('actions.complete', { id: action?.id ?? '', state: 'SUCCESS', output: null });
      const paused = await backend.call('executions.watch', { id });
      expect(paused.nodes.filter((node) => node.kind === 'task').map((node) => node.name)).toEqual(['wait']);
      await backend.call('executions.resume', { id });
      expect(await becomes(id, 'SUCCESS')).toMatchObject({ id });
    });

    test('keeps what is asked at the same time', async () => {
      const both =
        "version: '2.0'\nboth:\n  tasks:\n    a: {action: std.async_noop}\n    b: {action: std.async_noop}\n";
      await backend.call('workflows.save', { text: both });
      const { id } = await backend.call('executions.start', { workflow: 'both' });
      const { nodes } = await backend.call('executions.watch', { id });
      const actions = nodes.filter((node) => node.kind === 'action');
      await Promise.all(
        actions.map((action) => backend.call('actions.complete', { id: action.id, state: 'SUCCESS', output: null })),
      );
      expect(await becomes(id, 'SUCCESS')).toMatchObject({ taskCounts: { SUCCESS: 2 } });
    });

    test('tells failures that were handled from others while the execution goes on', async () => {
      await backend.call('workflows.save', {
        text: "version: '2.0'\nmends:\n  tasks:\n    a: {action: std.fail, on-error: b}\n    b: {action: std.async_noop}\n",
      });
      const { id } = await backend.call('executions.start', { workflow: 'mends' });
      const { nodes } = await backend.call('executions.watch', { id });
      expect(nodes[0]).toMatchObject({ taskCounts: { ERROR: 1, RUNNING: 1 }, handledErrors: 1 });
    });

    test('cancels, which is not the same as failing', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      await backend.call('executions.cancel', { id, message: 'not needed any more' });
      expect(await becomes(id, 'CANCELLED')).toMatchObject({ message: 'not needed any more' });
    });

    test('runs an action on its own, and lists it among the executions', async () => {
      const { id } = await backend.call('actions.run', { action: 'std.echo', input: { output: 7 } });
      expect(await becomes(id, 'SUCCESS')).toMatchObject({ kind: 'action', name: 'std.echo' });
      expect(await backend.call('nodes.payload', { rootId: id, id, field: 'result' })).toEqual({
        type: 'json',
        text: '7',
      });
    });

    test('runs a failed task again, and skips one', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'failing' });
      await becomes(id, 'ERROR');
      const { nodes } = await backend.call('executions.watch', { id });
      const task = nodes.find((node) => node.kind === 'task');
      changes.length = 0;
      await backend.call('tasks.rerun', { rootId: id, id: task?.id ?? '' });
      await becomes(id, 'ERROR');
      await backend.call('tasks.skip', { rootId: id, id: task?.id ?? '' });
      expect(await becomes(id, 'SUCCESS')).toMatchObject({ taskCounts: { SKIPPED: 1 } });
    });

    test('starts an execution again with some of its input changed', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'greet', input: { who: 'you' } });
      const again = await backend.call('executions.startAgain', { id, input: { who: 'them' } });
      expect(again).toMatchObject({ name: 'greet', description: `Based on the execution '${id}'` });
      await becomes(again.id, 'SUCCESS');
      expect(await backend.call('nodes.payload', { rootId: again.id, id: again.id, field: 'output' })).toEqual({
        type: 'json',
        text: '{"said":"hello them"}',
      });
    });

    test('keeps environments, and gives them to executions by name', async () => {
      await backend.call('environments.save', { name: 'lab', variables: { region: 'north' } });
      const uses = "version: '2.0'\nuses:\n  output: {r: <% env().region %>}\n  tasks:\n    t: {action: std.noop}\n";
      await backend.call('workflows.save', { text: uses });
      const { id } = await backend.call('executions.start', { workflow: 'uses', params: { env: 'lab' } });
      await becomes(id, 'SUCCESS');
      expect(await backend.call('nodes.payload', { rootId: id, id, field: 'output' })).toEqual({
        type: 'json',
        text: '{"r":"north"}',
      });
      await backend.call('environments.delete', { name: 'lab' });
      expect(await backend.call('environments.list', {})).toEqual([]);
      const start = backend.call('executions.start', { workflow: 'uses', params: { env: 'lab' } });
      await expect(start).rejects.toThrow('Environment is not found: lab');
    });

    test('tells of environments as they are, floats and large integers too', async () => {
      const variables = { half: '\uf8fffloat:1', list: [1, { deep: null }] };
      await backend.call('environments.save', { name: 'exact', variables });
      expect(await backend.call('environments.list', {})).toEqual([{ name: 'exact', variables }]);
      await expect
        .poll(() => changes.findLast((change) => change.type === 'environments'))
        .toEqual({
          type: 'environments',
          environments: [{ name: 'exact', variables }],
        });
    });

    test('keeps ad-hoc actions beside those that are built in, with what they take', async () => {
      const action =
        "version: '2.0'\nshout:\n  input: [what, {mark: '!'}]\n  base: std.echo output=<% $.what + $.mark %>\n";
      expect(await backend.call('actions.save', { text: action })).toMatchObject({ actions: [{ name: 'shout' }] });
      const listed = await backend.call('actions.list', {});
      expect(listed.find(({ name }) => name === 'shout')).toMatchObject({
        kind: 'ad-hoc',
        parameters: [
          { name: 'what', required: true },
          { name: 'mark', required: false },
        ],
      });
      expect(listed.find(({ name }) => name === 'std.echo')).toMatchObject({ kind: 'built-in' });
      expect((await backend.call('actions.get', { name: 'shout' })).text).toBe(action);
      expect(await codeOf(backend.call('actions.delete', { name: 'std.echo' }))).toBe('NOT_FOUND');
      await backend.call('actions.delete', { name: 'shout' });
      expect(await codeOf(backend.call('actions.get', { name: 'shout' }))).toBe('NOT_FOUND');
    });

    test('stores nothing of a text of actions that has problems', async () => {
      const before = await backend.call('actions.list', {});
      const answer = await backend.call('actions.save', { text: "version: '2.0'\nbaseless:\n  input: [a]\n" });
      expect(answer).toMatchObject({ actions: [], problems: [{ line: 3 }] });
      expect(await backend.call('actions.list', {})).toEqual(before);
    });

    test('keeps a workbook with what it defines, and deletes it as a whole', async () => {
      const text =
        "version: '2.0'\nname: book\nworkflows:\n  w:\n    tasks:\n      t: {action: a}\nactions:\n  a: {base: std.noop}\n";
      const saved = await backend.call('workbooks.save', { text });
      expect(saved.workbook).toMatchObject({ name: 'book', workflows: ['book.w'], actions: ['book.a'] });
      expect(await backend.call('workbooks.list', {})).toMatchObject([{ name: 'book' }]);
      expect((await backend.call('workbooks.get', { name: 'book' })).text).toBe(text);
      expect((await backend.call('workflows.get', { name: 'book.w' })).text).toBe(text);
      await backend.call('workbooks.delete', { name: 'book' });
      expect(await backend.call('workbooks.list', {})).toEqual([]);
      expect(await codeOf(backend.call('workflows.get', { name: 'book.w' }))).toBe('NOT_FOUND');
      expect(await codeOf(backend.call('workbooks.delete', { name: 'book' }))).toBe('NOT_FOUND');
    });

    test('counts how the executions of a workflow went', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'greet' });
      await becomes(id, 'SUCCESS');
      const held = await backend.call('executions.start', { workflow: 'held' });
      const statistics = await backend.call('workflows.statistics', { name: 'greet' });
      expect(statistics.counts).toEqual({ RUNNING: 0, PAUSED: 0, SUCCESS: 1, ERROR: 0, CANCELLED: 0 });
      expect(statistics.recent).toEqual([
        { id, state: 'SUCCESS', startedAt: expect.any(Number), duration: statistics.median },
      ]);
      expect(await backend.call('workflows.statistics', { name: 'held' })).toMatchObject({
        median: null,
        recent: [{ id: held.id, duration: null }],
      });
    });

    test('tries an expression where a task stands, and changes nothing', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'greet', input: { who: 'you' } });
      await becomes(id, 'SUCCESS');
      const { nodes } = await backend.call('executions.watch', { id });
      const at = { rootId: id, id: nodes.find((node) => node.kind === 'task')?.id ?? '' };
      const tried = (expression: string, place: typeof at | null = at) =>
        backend.call('expressions.evaluate', { text: expression, at: place });
      expect(await tried('<% [$.who, task().result] %>')).toEqual({ type: 'value', json: '["you","hello you"]' });
      expect(await tried('{{ _.who|upper }}!')).toEqual({ type: 'value', json: '"YOU!"' });
      expect(await tried('<% $.said %>', { rootId: id, id })).toEqual({ type: 'value', json: '"hello you"' });
      expect(await tried('<% 1.0 + 1 %>', null)).toEqual({ type: 'value', json: '2.0' });
      expect(await tried('<% $.who. %>')).toMatchObject({ type: 'error', offset: 10 });
      expect(await tried('you: <% $.nobody %>')).toMatchObject({
        type: 'error',
        message: expect.stringMatching('nobody'),
      });
      const large = { text: '<% range(1000).toList() %>', at: null, limit: 100 };
      expect(await backend.call('expressions.evaluate', large)).toMatchObject({ type: 'tooLarge' });
      expect(await codeOf(tried('<% 1 %>', { rootId: id, id: 'nothing' }))).toBe('NOT_FOUND');
      expect(await backend.call('executions.watch', { id })).toMatchObject({ nodes });
    });

    test('pauses an asynchronous action with its workflow, and lets it go on', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      const { nodes } = await backend.call('executions.watch', { id });
      const action = nodes.find((node) => node.kind === 'action')?.id ?? '';
      await backend.call('actions.update', { rootId: id, id: action, state: 'PAUSED' });
      await becomes(id, 'PAUSED');
      changes.length = 0;
      await backend.call('actions.update', { rootId: id, id: action, state: 'RUNNING' });
      expect(await becomes(id, 'RUNNING')).toMatchObject({ id });
    });

    test('changes the description of an execution', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      await backend.call('executions.update', { id, description: 'for the demo' });
      const { executions } = await backend.call('executions.list', {});
      expect(executions).toMatchObject([{ description: 'for the demo' }]);
      expect(await codeOf(backend.call('executions.update', { id, env: { a: 1 } }))).toBe('REFUSED');
    });

    test('deletes an execution that has ended, and no other', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      expect(await codeOf(backend.call('executions.delete', { id }))).toBe('REFUSED');
      await backend.call('executions.cancel', { id });
      await backend.call('executions.delete', { id });
      expect((await backend.call('executions.list', {})).executions).toEqual([]);
      expect(await codeOf(backend.call('executions.watch', { id }))).toBe('NOT_FOUND');
    });

    test('deletes with force what has not ended, and what it was doing comes to nothing', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      await backend.call('executions.delete', { id, force: true });
      expect((await backend.call('executions.list', {})).executions).toEqual([]);
      expect(await codeOf(backend.call('executions.watch', { id }))).toBe('NOT_FOUND');
    });

    test('tries an action and keeps nothing of it', async () => {
      const tried = await backend.call('actions.try', { action: 'std.echo', input: { output: [1, 'two'] } });
      expect(tried).toEqual({ state: 'SUCCESS', text: '[1,"two"]' });
      expect(await backend.call('actions.try', { action: 'std.fail' })).toMatchObject({ state: 'ERROR' });
      expect(await codeOf(backend.call('actions.try', { action: 'std.async_noop' }))).toBe('INVALID');
      expect(await codeOf(backend.call('actions.try', { action: 'std.nothing' }))).toBe('NOT_FOUND');
      expect((await backend.call('executions.list', {})).executions).toEqual([]);
    });

    test('reports an execution: all of it, only failures, only so deep, or only how many', async () => {
      const nested = "version: '2.0'\nouter:\n  tasks:\n    in: {workflow: failing}\n    ok: {action: std.noop}\n";
      await backend.call('workflows.save', { text: nested });
      const { id } = await backend.call('executions.start', { workflow: 'outer' });
      await becomes(id, 'ERROR');
      type Part = { readonly name: string; readonly task_executions?: Part[]; readonly workflow_executions?: Part[] };
      const shape = (part: Part): unknown => [
        part.name,
        ...(part.task_executions ?? []).map(shape),
        ...(part.workflow_executions ?? []).map(shape),
      ];
      const reported = async (options: object): Promise<unknown> => {
        const { root_workflow_execution: root } = await backend.call('executions.report', { id, ...options });
        return root === undefined ? null : shape(root as Part);
      };
      expect(await reported({})).toEqual(['outer', ['in', ['failing', ['bad']]], ['ok']]);
      expect(await reported({ errorsOnly: true })).toEqual(['outer', ['in', ['failing', ['bad']]]]);
      expect(await reported({ maxDepth: 0 })).toEqual(['outer', ['in', ['failing']], ['ok']]);
      expect(await reported({ statisticsOnly: true })).toBeNull();
      const { statistics } = await backend.call('executions.report', { id });
      expect(statistics).toMatchObject({ total_tasks_count: 3, error_tasks_count: 2, success_tasks_count: 1 });
    });

    test('tells what there is not yet from what is null and from what is too large', async () => {
      const { id } = await backend.call('executions.start', { workflow: 'held' });
      expect(await backend.call('nodes.payload', { rootId: id, id, field: 'output' })).toEqual({ type: 'none' });
      expect(await backend.call('nodes.payload', { rootId: id, id, field: 'definition', limit: 10 })).toEqual({
        type: 'tooLarge',
        size: text.length,
      });
    });

    test('refuses what it cannot do with a code and a sentence', async () => {
      const start = (workflow: string, input: Record<string, unknown>): Promise<unknown> =>
        backend.call('executions.start', { workflow, input });
      expect(await codeOf(start('nobody', {}))).toBe('NOT_FOUND');
      expect(await codeOf(start('greet', { other: 1 }))).toBe('INVALID');
      expect(await codeOf(backend.call('executions.pause', { id: 'nothing' }))).toBe('NOT_FOUND');
      expect(await codeOf(backend.call('executions.list', { limit: -1 }))).toBe('INVALID');
      await expect(start('greet', { other: 1 })).rejects.toThrow(/unexpected=\['other'\]/);
    });

    test('keeps an input whose name is special to JavaScript', async () => {
      const special =
        "version: '2.0'\nspecial:\n  input: [__proto__, constructor]\n  tasks:\n    t: {action: std.noop}\n";
      await backend.call('workflows.save', { text: special });
      const input = JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, unknown>;
      const { id } = await backend.call('executions.start', { workflow: 'special', input });
      expect(await backend.call('nodes.payload', { rootId: id, id, field: 'input' })).toEqual({
        type: 'json',
        text: '{"__proto__":1,"constructor":2}',
      });
    });

    test('stores nothing of a text that has a problem, and says where it is', async () => {
      const before = await backend.call('workflows.list', {});
      const broken = "version: '2.0'\nnew:\n  tasks:\n    a: {on-success: b}\n";
      const { problems, workflows } = await backend.call('workflows.save', { text: broken });
      expect(workflows).toEqual([]);
      expect(problems).toMatchObject([{ line: 4, message: expect.stringContaining("'b'") }]);
      expect(await backend.call('workflows.list', {})).toEqual(before);
    });
  });
}
