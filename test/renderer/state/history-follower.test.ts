import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Backend } from '../../../engine/api/backend.ts';
import type { Input } from '../../../engine/api/methods.ts';
import { openLocalBackend } from '../../../engine/backends/local/local-backend.ts';
import { followHistory, type History } from '../../../renderer/state/history.ts';
import { until } from '../../engine/actions/processes.ts';

/** Its history is longer than a page. */
const long = `version: '2.0'
long:
  tasks:
    each: {with-items: n in <% range(600) %>, action: std.noop}
`;

let backend: Backend;
let folder: string;
let id: string;
/** What the bridge does before it asks the backend: nothing, wait, or refuse in the words of the sentence. */
let before: () => Promise<string | null>;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-follower-'));
  backend = await openLocalBackend({ folder, durability: 'fast', log: { info() {}, warn() {}, error: console.error } });
  await backend.call('workflows.save', { text: long });
  id = (await backend.call('executions.start', { workflow: 'long' })).id;
  await until(async () => {
    const { executions } = await backend.call('executions.list', { text: id });
    return executions[0]?.state === 'SUCCESS' ? true : null;
  });
  const read = async (method: 'executions.history', input: Input<'executions.history'>) => {
    const message = await before();
    if (message !== null) return JSON.stringify({ ok: false, error: { code: 'UNAVAILABLE', message } });
    return JSON.stringify({ ok: true, output: await backend.call(method, input) });
  };
  vi.stubGlobal('window', { windrose: { read }, setTimeout, clearTimeout });
});
beforeEach(() => {
  before = async () => null;
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await backend.close();
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Follows the history of the execution; `shown` is what was told last. */
function follow() {
  let shown: History | null = null;
  const follower = followHistory(id, { text: '', types: null, nodeId: null }, (history) => {
    shown = history;
  });
  onTestFinished(follower.stop);
  return { ...follower, shown: (): Partial<History> => shown ?? {} };
}

const soon = { interval: 5, timeout: 20_000 };

test('a page that was refused is asked for again, wherever it was wanted', async () => {
  before = async () => 'The disk does not answer.';
  const { load, shown } = follow();
  await expect.poll(shown, soon).toMatchObject({ status: 'failed', error: 'The disk does not answer.', events: [] });
  before = async () => null;
  await expect.poll(shown, soon).toMatchObject({ status: 'loaded', error: null, start: 0, hasAfter: true });

  const count = shown().events?.length;
  before = async () => 'The disk does not answer.';
  load('after');
  await expect.poll(shown, soon).toMatchObject({ status: 'failed', error: 'The disk does not answer.' });
  expect(shown().events).toHaveLength(count ?? 0);
  before = async () => null;
  await expect.poll(shown, soon).toMatchObject({ status: 'loaded', error: null, start: 0, hasAfter: false });
  expect(shown().events?.at(-1)).toMatchObject({ name: 'long', text: 'succeeded' });
});

test('who wants to see the end while a page is on its way sees it after that', async () => {
  let answer = (): void => {};
  const held = new Promise<null>((resolve) => {
    answer = () => resolve(null);
  });
  before = () => held;
  const { jump, shown } = follow();
  jump('before');
  answer();
  await expect.poll(shown, soon).toMatchObject({ status: 'loaded', hasBefore: true, hasAfter: false });
  expect(shown().events?.at(-1)).toMatchObject({ name: 'long', text: 'succeeded' });
});
