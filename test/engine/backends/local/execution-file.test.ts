import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalBackendFixture } from './backend-fixture.ts';

const text = `version: '2.0'
trip:
  input: [note]
  tasks:
    pack:
      with-items: n in [1, 2, 3]
      action: std.echo output=<% $.n %>
      publish: {me: <% execution().id %>, note: <% $.note %>, one: 1.0, big: 123456789012345678901234567890}
      on-success: leave
    leave: {action: std.echo output=<% $.note %>}
waiting:
  tasks:
    wait: {action: std.async_noop, on-success: after}
    after: {action: std.noop}
`;

let backend: LocalBackendFixture;
beforeEach(async () => {
  backend = await LocalBackendFixture.open();
  await backend.call('workflows.save', { text });
});
afterEach(() => backend.close());

async function exported(id: string): Promise<string> {
  let file = '';
  for await (const piece of backend.housekeeping.export(id)) file += piece;
  return file;
}

const imported = (file: string) => backend.housekeeping.import(Buffer.from(file));

async function trip(note = 'a note'): Promise<string> {
  const { id } = await backend.call('executions.start', { workflow: 'trip', input: { note } });
  await backend.ended(id);
  return id;
}

/** What a person sees of an execution, with one word for its id. */
async function seen(id: string): Promise<string> {
  const { nodes } = await backend.call('executions.watch', { id });
  await backend.call('executions.unwatch', { id });
  const { events } = await backend.call('executions.history', { id });
  const payloads = [];
  for (const node of nodes) {
    for (const field of ['input', 'output', 'result', 'published', 'context'] as const) {
      payloads.push(await backend.call('nodes.payload', { rootId: id, id: node.id, field }));
    }
  }
  return JSON.stringify({ nodes, events, payloads }).replaceAll(id, 'ID');
}

/** The file of an execution, changed. */
async function changed(change: (content: Record<string, never>) => void): Promise<string> {
  const content = JSON.parse(await exported(await trip())) as Record<string, never>;
  change(content);
  return JSON.stringify(content);
}

test('an execution that is exported and imported is the same, under an id of its own, also after a restart', async () => {
  const id = await trip('x'.repeat(100_000));
  const file = await exported(id);
  // Once, however often it was used.
  expect(file.split('x'.repeat(100_000))).toHaveLength(2);
  const copy = await imported(file);
  expect(copy.id).not.toBe(id);
  expect(await seen(copy.id)).toBe(await seen(id));
  await backend.reopen();
  expect(await seen(copy.id)).toBe(await seen(id));
  expect((await backend.call('executions.list', {})).total).toBe(2);
  expect(await backend.call('troubles.list', {})).toEqual([]);
});

test('an execution can be deleted and imported again, and comes back after a restart', async () => {
  const id = await trip();
  const file = await exported(id);
  await backend.call('executions.delete', { id });
  const copy = await imported(file);
  await backend.reopen();
  expect((await backend.call('executions.list', {})).executions.map((each) => each.id)).toEqual([copy.id]);
});

test('one that had not ended is cancelled, and runs nothing, also after a restart', async () => {
  const { id } = await backend.call('executions.start', { workflow: 'waiting' });
  const copy = await imported(await exported(id));
  expect(copy).toMatchObject({ state: 'CANCELLED', message: expect.stringContaining('does nothing by itself') });
  await backend.reopen();
  const { executions } = await backend.call('executions.list', {});
  expect(executions.map(({ id: each, state }) => [each === id, state])).toEqual(
    expect.arrayContaining([
      [true, 'RUNNING'],
      [false, 'CANCELLED'],
    ]),
  );
});

test('what is imported is told as a new execution', async () => {
  const file = await exported(await trip());
  const told: string[] = [];
  backend.subscribe((changes) => {
    for (const change of changes) if (change.type === 'execution') told.push(change.execution.id);
  });
  const { id } = await imported(file);
  await expect.poll(() => told, { interval: 5 }).toContain(id);
});

test('a file that was cut off anywhere is refused with a sentence', async () => {
  const file = await exported(await trip());
  for (let length = 0; length < file.length - 2; length += 997) {
    await expect(imported(file.slice(0, length))).rejects.toThrow('This file cannot be imported.');
  }
  expect((await backend.call('executions.list', {})).total).toBe(1);
});

const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
type Change = (content: {
  id: unknown;
  version: unknown;
  commits: { at: unknown; events: Record<string, unknown>[]; payloads?: unknown }[];
  values: unknown;
  logs: unknown;
}) => void;
const hostile: readonly (readonly [string, Change])[] = [
  ['of a newer version', (file) => (file.version = 99)],
  ['whose version is no number', (file) => (file.version = '1')],
  ['whose id leads elsewhere', (file) => (file.id = '../../../etc/passwd')],
  ['with a value of a thousand levels', ({ commits }) => ((commits[0]?.events[1] ?? {}).input = { deep: deep(1000) })],
  ['whose commits are a text', (file) => (file.commits = 'commits' as never)],
  ['with a commit that is a number', ({ commits }) => (commits[0] = 5 as never)],
  ['with times beyond all time', ({ commits }) => commits.map((commit) => Object.assign(commit, { at: 1e300 }))],
  ['with an event that nobody knows', ({ commits }) => commits[0]?.events.push({ type: '__proto__', id: 'x' })],
  ['with an input that is a number', ({ commits }) => ((commits[0]?.events[1] ?? {}).input = 1e308)],
  ['without its beginning', ({ commits }) => commits.shift()],
  ['with a commit twice', ({ commits }) => commits.push(...structuredClone(commits))],
  ['without commits', (file) => (file.commits = [])],
  [
    'with a definition under the name of another',
    ({ commits }) => {
      const used = commits[0]?.events.find(({ type }) => type === 'DefinitionUsed');
      if (used !== undefined)
        used.source = { kind: 'workflow', text: 'version: "2.0"\nevil: {tasks: {a: {action: local.run}}}' };
    },
  ],
  [
    'with ids that are paths',
    ({ commits }) => {
      for (const event of commits.flatMap(({ events }) => events))
        if (event.type === 'TaskCreated') event.id = '../../x';
    },
  ],
  [
    'with a task that is below nothing',
    ({ commits }) => {
      for (const event of commits.flatMap(({ events }) => events))
        if (event.type === 'TaskCreated') event.workflowId = 'none';
    },
  ],
  [
    'with items that are not there',
    ({ commits }) => {
      for (const event of commits.flatMap(({ events }) => events))
        if (event.type === 'ItemsExpanded') event.count = 1e9;
    },
  ],
  [
    'with a result of an item far beyond the last',
    ({ commits }) => {
      for (const event of commits.flatMap(({ events }) => events))
        if (event.type === 'ActionScheduled' && event.index === 2) event.index = 1e9;
    },
  ],
  [
    'with a reference along a prototype',
    (file) => {
      file.values = [{ sha256: 'a', value: 'polluted' }];
      (file.commits[0] ?? { payloads: null }).payloads = [[['__proto__', 'polluted'], 'a']];
    },
  ],
  [
    'with a reference to nothing',
    ({ commits }) => {
      (commits[0] ?? { payloads: null }).payloads = [[['events', 0, 'id'], 'a']];
    },
  ],
  [
    'with tasks in a circle',
    ({ commits }) => {
      const all = commits.flatMap(({ events }) => events);
      const tasks = all.filter(({ type }) => type === 'TaskCreated').map(({ id }) => id);
      for (const [at, id] of tasks.entries()) {
        const triggeredBy = [{ taskId: tasks[(at + 1) % tasks.length], event: 'on-success' }];
        commits.at(-1)?.events.push({ type: 'TaskTriggered', id, triggeredBy });
      }
    },
  ],
];

test.each(hostile)('a file %s is refused with a sentence, and nothing is taken from it', async (_what, change) => {
  const file = await changed(change as never);
  await expect(imported(file)).rejects.toThrow('This file cannot be imported.');
  expect((await backend.call('executions.list', {})).total).toBe(1);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each([
  '',
  'null',
  '[]',
  '{}',
  '5',
  '"windrose"',
  '\0\0\0',
  '{"windrose":"execution"}',
  '{"__proto__":{"windrose":"execution"}}',
])('a file that holds %j is refused', async (file) => {
  await expect(imported(file)).rejects.toThrow('This file cannot be imported.');
});

test('what is as deep as a result may be comes back, and a large file that was cut off is told as such', async () => {
  const id = await trip(deep(400) as never);
  const file = await exported(id);
  expect(await seen((await imported(file)).id)).toBe(await seen(id));
  const large = await exported(await trip('x'.repeat(18_000_000)));
  await expect(imported(large.slice(0, 17_500_000))).rejects.toThrow('only a part of it is there');
});

test('a file of a hundred thousand levels is refused', async () => {
  const file = await exported(await trip());
  const deepest = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  await expect(imported(file.replace('"a note"', deepest))).rejects.toThrow('This file cannot be imported.');
});

test('a file of 300 MB is refused before it is read', async () => {
  await expect(backend.housekeeping.import(Buffer.alloc(300 * 1024 * 1024))).rejects.toThrow('larger than 200 MB');
});

// What was read of them in one go took minutes.
test.each([
  ['nothing but depth', () => '['.repeat(20_000_000), 'nests deeper'],
  [
    'more parts in a line than anybody writes',
    () => `[${'{},'.repeat(10_000_000)}1]`,
    'holds more than Windrose reads',
  ],
  ['much of nothing', () => ' '.repeat(20_000_000), 'laid out in another way'],
  ['many short lines that are no list', () => `{${'"a":1,\n'.repeat(3_000_000)}"b":1}`, 'laid out in another way'],
  ['a text over several lines', () => '{"windrose": "exe\ncution"}', 'not JSON'],
])('a file of %s is refused', async (_name, make, reason) => {
  await expect(imported(make())).rejects.toThrow(reason);
});

test('a key that is named __proto__ is a key like any other', async () => {
  const file = await exported(await trip('the note'));
  const copy = await imported(file.replaceAll('"note":"the note"', '"note":{"__proto__":{"polluted":true}}'));
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  const payload = await backend.call('nodes.payload', { rootId: copy.id, id: copy.id, field: 'input' });
  expect(payload).toEqual({ type: 'json', text: expect.stringContaining('__proto__') });
});

// Read in one go, it held up everything else for seconds.
test.each([
  ['as Windrose writes it', (file: object) => JSON.stringify(file).replace('{"action":', '\n{"action":')],
  ['laid out in another way', (file: object) => JSON.stringify(file)],
])('a log that is longer than any that is kept is refused, %s', async (_how, write) => {
  const file = JSON.parse(await exported(await trip()));
  const entry = { at: 1, number: 1, source: 'stdout', text: '' };
  const logs = [{ action: file.id, entries: Array.from({ length: 200_000 }, () => entry) }];
  await expect(imported(write({ ...file, logs }))).rejects.toThrow('longer than Windrose keeps');
});

test('logs of actions that are not in the execution are left out', async () => {
  const copy = await imported(
    await changed((file) => {
      Object.assign(file, {
        logs: [{ action: '../../x', entries: [{ at: 1, number: 1, source: null, text: 'evil' }] }],
      });
    }),
  );
  expect(copy.state).toBe('SUCCESS');
});
