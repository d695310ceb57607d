import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Backend } from '../../../../engine/api/backend.ts';
import type { Node, Sample } from '../../../../engine/api/resources.ts';
import { openLocalBackend } from '../../../../engine/backends/local/local-backend.ts';
import { samples } from '../../../../engine/backends/local/samples.ts';
import { checkWorkflows } from '../../../../engine/language/check-definitions.ts';
import { allow } from './allow.ts';

describe('the samples', () => {
  test.each(samples)('$id: the checker accepts it, and it declares the input that is given', (sample) => {
    const { workflows, problems } = checkWorkflows(sample.text);
    expect(problems).toEqual([]);
    const main = workflows.find(({ definition }) => definition.name === sample.workflow);
    expect(main?.definition.input.map(({ name }) => name)).toEqual(Object.keys(sample.input));
  });

  test('have names of their own, so that one does not replace another in the library', () => {
    const names = samples.flatMap(({ text }) =>
      checkWorkflows(text).workflows.map(({ definition }) => definition.name),
    );
    expect(names).toEqual([...new Set(names)]);
  });
});

/** Without the delays of std.echo, which waits by a timer that cannot be faked, and with a file that is read at once. */
function hurried(text: string): string {
  return text
    .replace(/ delay=\d+/g, '')
    .replace(/(output: .*\n +)delay: \d+/g, '$1delay: 0')
    .replace(/ sleep 0.5\n/, ' true\n')
    .replace('=1500000000', '=1500');
}

const ended = {
  hello: { state: 'SUCCESS', output: { greeting: 'Hello, World!' } },
  'fan-out-and-join': { state: 'SUCCESS', output: { sum: 42 } },
  'with-items-and-retry': {
    state: 'SUCCESS',
    output: { servers: Array.from({ length: 20 }, (_, number) => `server-${number}`), ready: true },
  },
  'sub-workflow': {
    state: 'SUCCESS',
    output: { published: ['server-1.4.0.zip', 'client-1.4.0.zip', 'docs-1.4.0.zip'] },
  },
  'error-handling': { state: 'SUCCESS', output: { outcome: 'Sorry, we stay at home. No seats left' } },
  'pause-before-approval': { state: 'PAUSED', output: null },
  'ask-before-deploying': { state: 'SUCCESS', output: { outcome: '1.4.0 is on 3 machines of staging' } },
  'watch-a-command': { state: 'SUCCESS', output: { read: 1500 } },
  'loop-until': { state: 'SUCCESS', output: { value: 1, rounds: 4 } },
  'impossible-join': { state: 'ERROR', output: expect.anything() },
};

describe('running a sample', () => {
  let backend: Backend;
  let folder: string;

  beforeEach(async () => {
    // The samples take seconds, so that one can watch them; here nobody does.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-samples-'));
    const log = { info() {}, warn() {}, error: console.error };
    backend = await openLocalBackend({ folder, log });
  });
  afterEach(async () => {
    await backend.close();
    vi.useRealTimers();
    await fs.rm(folder, { recursive: true });
  });

  test('all of them are run here', () => {
    expect(Object.keys(ended)).toEqual(samples.map(({ id }) => id));
  });

  test.each(samples)('$id ends as it says', async (sample) => {
    const root = await run(sample);
    expect({ state: root.state, output: await output(root.id) }).toEqual(ended[sample.id as keyof typeof ended]);
  });

  test('error-handling fails with its message when it is strict', async () => {
    const root = await run(sampleOf('error-handling'), { strict: true });
    expect(root).toMatchObject({ state: 'ERROR', message: 'All bookings undone: No seats left' });
  });

  test('impossible-join succeeds once it is approved', async () => {
    expect(await run(sampleOf('impossible-join'), { approved: true })).toMatchObject({ state: 'SUCCESS' });
  });

  test('pause-before-approval goes on when somebody resumes it', async () => {
    const { id } = await run(sampleOf('pause-before-approval'));
    await backend.call('executions.resume', { id });
    expect(await settled(id)).toMatchObject({ state: 'SUCCESS' });
  });

  test('with-items-and-retry needs several attempts', async () => {
    const { id } = await run(sampleOf('with-items-and-retry'));
    const { nodes } = await backend.call('executions.watch', { id });
    const check = nodes.find(({ name }) => name === 'check_balancer');
    expect(check?.kind === 'task' && check.attempt?.number).toBeGreaterThan(2);
  });

  function sampleOf(id: string): Sample {
    const sample = samples.find((each) => each.id === id);
    if (sample === undefined) throw new Error(`There is no sample ${id}.`);
    return sample;
  }

  async function run(sample: Sample, input = sample.input): Promise<Node> {
    await backend.call('workflows.save', { text: hurried(sample.text) });
    await allow(backend, sample.workflow);
    const { id } = await backend.call('executions.start', { workflow: sample.workflow, input });
    return settled(id);
  }

  async function settled(id: string): Promise<Node> {
    for (;;) {
      await vi.advanceTimersByTimeAsync(200);
      await new Promise(setImmediate);
      for (const { rootId, id: asking } of await backend.call('questions.list', {})) {
        await backend.call('questions.answer', { rootId, id: asking, answer: { machines: 3 } });
      }
      const { executions } = await backend.call('executions.list', {});
      const root = executions.find((execution) => execution.id === id);
      if (root !== undefined && root.state !== 'RUNNING') return root;
    }
  }

  async function output(id: string): Promise<unknown> {
    const payload = await backend.call('nodes.payload', { rootId: id, id, field: 'output' });
    return payload.type === 'json' ? JSON.parse(payload.text) : null;
  }
});
