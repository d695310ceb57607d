import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRouter, type DesktopHandlers } from '../../electron/router.ts';
import { allow } from '../engine/backends/local/allow.ts';
import { LocalBackendFixture } from '../engine/backends/local/backend-fixture.ts';
import { temporaryFolder } from '../engine/runtime/engine-fixture.ts';
import { answers, serveAnswers } from './answers.ts';
import { definitions } from './definitions.ts';
import { executions } from './executions.ts';
import { exportFiles } from './export-files.ts';
import { files } from './files.ts';
import { messages } from './messages.ts';
import { outputs } from './outputs.ts';
import { packs } from './packs.ts';

const sound =
  "version: '2.0'\nsound:\n  tasks:\n    held: {action: std.async_noop, on-success: after}\n    after: {action: std.noop}\n";

/** All of it is done to one backend, beside one execution that runs from the first to the last. */
let backend: LocalBackendFixture;
let outside: Awaited<ReturnType<typeof temporaryFolder>>;
let soundId: string;

beforeAll(async () => {
  backend = await LocalBackendFixture.open();
  outside = await temporaryFolder('outside');
  await writeFile(join(outside.path, 'kept'), 'as it was');
  await mkdir(join(outside.path, 'below'));
  await symlink(join(outside.path, 'circle'), join(outside.path, 'circle'));
  execFileSync('mkfifo', [join(outside.path, 'pipe')]);
  await backend.call('workflows.save', { text: sound });
  soundId = (await backend.call('executions.start', { workflow: 'sound' })).id;
});

afterAll(async () => {
  await backend.close();
  await outside[Symbol.asyncDispose]();
});

/** Runs the one task of a workflow to its end; the text is what a person reads of it. */
async function run(
  task: string,
  input: Record<string, unknown> = {},
): Promise<{ state: string; text: string; result: unknown }> {
  const declared = Object.keys(input);
  const inputs = declared.length === 0 ? '' : `  input: ${JSON.stringify(declared)}\n`;
  const text = `version: '2.0'\nbad:\n${inputs}  tasks:\n    ${task}\n`;
  const { problems } = await backend.call('workflows.save', { text });
  expect(problems).toEqual([]);
  await allow(backend, 'bad');
  const { id } = await backend.call('executions.start', { workflow: 'bad', input });
  const { state } = await backend.ended(id);
  const { nodes } = await backend.call('executions.watch', { id });
  await backend.call('executions.unwatch', { id });
  const texts = await Promise.all(nodes.map((node) => backend.value(id, node.id, 'stateInfo')));
  const own = nodes.find((node) => node.kind === 'task');
  const result = own === undefined ? undefined : await backend.value(id, own.id, 'result').catch(() => 'large');
  return { state, text: texts.filter((each) => typeof each === 'string').join('\n'), result };
}

describe('a text that is no definition is refused, with its place and a sentence', () => {
  test.each(definitions)('$name', async ({ text, says }) => {
    const { workflows, problems } = await backend.call('workflows.save', { text });
    expect(workflows).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(says);
    for (const { line, column } of problems) expect([line > 0, column > 0]).toEqual([true, true]);
  });
});

describe('a workflow that means harm ends in ERROR, and says why', () => {
  test.each(executions)(
    '$name',
    async ({ tasks, input, says }) => {
      const { state, text } = await run(tasks, input);
      expect(state).toBe('ERROR');
      expect(text).toMatch(says);
    },
    60_000,
  );
});

describe('an answer that means harm ends the task that asked, and nothing else', () => {
  let server: Awaited<ReturnType<typeof serveAnswers>>;
  beforeAll(async () => {
    server = await serveAnswers();
  });
  afterAll(() => server.close());

  test.each(answers.map((answer, index) => ({ ...answer, index })))(
    '$name',
    async ({ index, ends, timeout = 20 }) => {
      const { state, text } = await run(
        `t: {action: std.http, input: {url: '${server.url}/${index}', timeout: ${timeout}, allow_redirects: true}}`,
      );
      expect(state).toBe(ends);
      if (ends === 'ERROR') expect(text).toMatch(/\w+ .*\w+/);
      expect({}).not.toHaveProperty('isAdmin');
    },
    60_000,
  );
});

describe('a command that means harm ends, with all that it started', () => {
  test.each(outputs)(
    '$name',
    async ({ command, more, ends }) => {
      const mark = `WINDROSE_HOSTILE=${process.pid}`;
      const [name = '', value = ''] = mark.split('=');
      const { state } = await run('t: {action: local.run, input: <% $.all %>}', {
        all: { command, cwd: outside.path, env: { [name]: value }, ...more },
      });
      expect(state).toBe(ends);
      await expect.poll(() => processesWith(mark)).toEqual([]);
    },
    60_000,
  );
});

describe('a file that means harm fails the task that touches it', () => {
  test.each(files)(
    '$name',
    async ({ action, input }) => {
      const given = JSON.parse(JSON.stringify(input).replaceAll('FOLDER', outside.path));
      const { state, text } = await run(`t: {action: ${action}, input: <% $.all %>, timeout: 20}`, { all: given });
      expect(state).toBe('ERROR');
      expect(text).toMatch(/\w+ .*\w+/);
    },
    60_000,
  );
});

describe('a file that is no execution of ours is refused as a whole', () => {
  let exported = '';
  beforeAll(async () => {
    const text =
      "version: '2.0'\ntrip:\n  tasks:\n    pack:\n      with-items: n in [1, 2]\n      action: std.echo output=<% $.n %>\n      on-success: leave\n    leave: {action: std.noop}\n";
    await backend.call('workflows.save', { text });
    const { id } = await backend.call('executions.start', { workflow: 'trip' });
    await backend.ended(id);
    for await (const piece of backend.housekeeping.export(id)) exported += piece;
  });

  test('which is imported as long as nobody changed it', async () => {
    expect(await backend.housekeeping.import(Buffer.from(exported))).toMatchObject({ state: 'SUCCESS' });
  });

  test.each(exportFiles)('$name', async ({ change }) => {
    const file = Buffer.from(change(exported));
    expect(file.equals(Buffer.from(exported))).toBe(false);
    const { total } = await backend.call('executions.list', {});
    await expect(backend.housekeeping.import(file)).rejects.toThrow(/^This file cannot be imported\. \w+ .*\w+/);
    expect((await backend.call('executions.list', {})).total).toBe(total);
    expect({}).not.toHaveProperty('isAdmin');
  });
});

describe('a message that no page of ours would send is refused with a sentence', () => {
  const desktop = new Proxy({} as DesktopHandlers, {
    get: () => () => Promise.reject(new Error('the desktop was reached')),
  });
  test.each(messages)('%s', async (_name, method, input) => {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const reply = await createRouter(backend, desktop, log)(method, input);
    expect(reply).toMatchObject({ ok: false, error: { message: expect.stringMatching(/\w+ .*\w+/) } });
    expect(reply).not.toMatchObject({ error: { code: 'INTERNAL' } });
  });
});

test('after all of that nothing outside was touched, and what ran beside it ends well', async () => {
  expect((await readdir(outside.path)).sort()).toEqual(['below', 'circle', 'kept', 'pipe']);
  expect(await readFile(join(outside.path, 'kept'), 'utf8')).toBe('as it was');
  const { nodes } = await backend.call('executions.watch', { id: soundId });
  const held = nodes.find((node) => node.kind === 'action')?.id ?? '';
  await backend.call('actions.complete', { rootId: soundId, id: held, state: 'SUCCESS', output: null });
  expect((await backend.ended(soundId)).state).toBe('SUCCESS');
  expect(await backend.call('troubles.list', {})).toEqual([]);
});

test('there are at least a hundred of them', () => {
  const all = [definitions, executions, answers, outputs, files, exportFiles, packs, messages].flat();
  expect(all.length).toBeGreaterThanOrEqual(100);
});

/** Processes whose environment says this. */
async function processesWith(mark: string): Promise<readonly string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const texts = await Promise.all(ids.map((id) => readFile(`/proc/${id}/environ`, 'utf8').catch(() => '')));
  return ids.filter((_id, at) => texts[at]?.split('\u0000').includes(mark) === true);
}
