import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Backend } from '../../../../engine/api/backend.ts';
import { openLocalBackend } from '../../../../engine/backends/local/local-backend.ts';
import { initialDrafts, onWire, readInput } from '../../../../renderer/features/run/typed-input.ts';
import { allow } from './allow.ts';

const text = `version: '2.0'
halve:
  input:
    - whole: 5
    - float: 5.0
    - large: 12345678901234567890
  output:
    halves: <% [$.whole / 2, $.float / 2] %>
    large: <% $.large + 1 %>
  tasks:
    t: {action: std.noop}
`;

let backend: Backend;
let folder: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-numbers-'));
  backend = await openLocalBackend({ folder, log: { info() {}, warn() {}, error: console.error } });
});
afterEach(async () => {
  await backend.close();
  await fs.rm(folder, { recursive: true });
});

test('a number of the run form arrives as it was written, also 5.0 and an integer of twenty digits', async () => {
  const { workflows } = await backend.call('workflows.save', { text });
  // As the bridge does it: what is no plain value does not get through.
  const declarations = structuredClone(workflows[0]?.input ?? []);
  const shown = initialDrafts(declarations, {});
  expect([...shown.values()].map((draft) => draft.text)).toEqual(['5', '5.0', '12345678901234567890']);

  const typed = new Map([...shown].map(([name, draft]) => [name, { ...draft, text: draft.text.replace(/^5/, '7') }]));
  typed.set('large', { kind: 'number', text: '98765432109876543210' });
  const reading = readInput(declarations, typed);
  if (!reading.ok) throw new Error('the form has mistakes');
  const done = new Promise<string>((resolve) => {
    backend.subscribe((changes) => {
      for (const change of changes) {
        if (change.type === 'execution' && change.execution.state === 'SUCCESS') resolve(change.execution.id);
      }
    });
  });
  await backend.call('executions.start', { workflow: 'halve', input: structuredClone(onWire(reading.input)) });
  const id = await done;
  const payload = await backend.call('nodes.payload', { rootId: id, id, field: 'output' });
  expect(payload).toEqual({ type: 'json', text: '{"halves":[3,3.5],"large":98765432109876543211}' });
});

const FIVE = '\uf8fffloat:5';
const LARGE = '\uf8ffint:12345678901234567890';

/** Resolves with the rows of the tree once this execution is in the state. */
function becomes(id: string, state: string): Promise<void> {
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      const { nodes } = await backend.call('executions.watch', { id });
      if (!nodes.some((node) => node.id === id && node.state === state)) return;
      stop();
      resolve();
    };
    const stop = backend.subscribe(() => void look());
    void look();
  });
}

async function output(id: string): Promise<unknown> {
  return backend.call('nodes.payload', { rootId: id, id, field: 'output' });
}

const halved = { type: 'json', text: '{"half":2.5,"large":12345678901234567891}' };

test.each([
  ['a stored environment', 'SUCCESS'],
  ['an environment given on resume', 'PAUSED'],
  ['an environment that is changed while paused', 'PAUSED'],
  ['an environment given to a rerun', 'ERROR'],
])('the numbers of %s are what they were', async (where, before) => {
  const task = { SUCCESS: 'std.noop', PAUSED: 'std.noop, pause-before: true', ERROR: '<% env().act %>' }[before];
  await backend.call('workflows.save', {
    text: `version: '2.0'
half:
  output: {half: <% env().five / 2 %>, large: <% env().large + 1 %>}
  tasks:
    t: {action: ${task}}
`,
  });
  const numbers = { five: FIVE, large: LARGE };
  await backend.call('environments.save', { name: 'numbers', variables: numbers });
  const params = before === 'SUCCESS' ? { env: 'numbers' } : { env: { act: 'std.fail' } };
  await allow(backend, 'half');
  const { id } = await backend.call('executions.start', { workflow: 'half', params });
  await becomes(id, before);
  const { nodes } = await backend.call('executions.watch', { id });
  const failed = nodes.find((node) => node.kind === 'task')?.id ?? '';
  if (where.includes('resume')) await backend.call('executions.resume', { id, env: numbers });
  if (where.includes('changed')) {
    await backend.call('executions.update', { id, env: numbers });
    await backend.call('executions.resume', { id });
  }
  if (before === 'ERROR') {
    await backend.call('tasks.rerun', { rootId: id, id: failed, env: { ...numbers, act: 'std.noop' } });
  }
  await becomes(id, 'SUCCESS');
  expect(await output(id)).toEqual(halved);
});

test('the numbers of an action that runs on its own, and of an input that is started again, are what they were', async () => {
  const { id } = await backend.call('actions.run', { action: 'std.echo', input: { output: [FIVE, LARGE] } });
  await becomes(id, 'SUCCESS');
  expect(await backend.call('nodes.payload', { rootId: id, id, field: 'result' })).toEqual({
    type: 'json',
    text: '[5.0,12345678901234567890]',
  });

  await backend.call('workflows.save', { text });
  const first = await backend.call('executions.start', { workflow: 'halve', input: { large: LARGE } });
  const again = await backend.call('executions.startAgain', { id: first.id, input: { float: FIVE } });
  await becomes(again.id, 'SUCCESS');
  expect(await output(again.id)).toEqual({ type: 'json', text: '{"halves":[2,2.5],"large":12345678901234567891}' });
});

test('what is no JSON is refused in a sentence', async () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  await expect(backend.call('actions.run', { action: 'std.echo', input: circular })).rejects.toThrow('is no JSON');
});
