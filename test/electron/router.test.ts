import { expect, test } from 'vitest';
import { createRouter, type DesktopHandlers } from '../../electron/router.ts';
import { ApiError } from '../../engine/api/api-error.ts';
import type { Backend } from '../../engine/api/backend.ts';

const settings = {
  theme: 'system',
  zoom: 1,
  durability: 'durable',
  notifications: true,
  actionsAtOnce: null,
  refusesLocalAddresses: false,
  retention: { days: null, executions: null },
  ui: {},
} as const;
const desktop: DesktopHandlers = {
  'app.info': async () => ({ version: '1', electron: '2', chrome: '3', dataFolder: '/data', troubles: [] }),
  'dialogs.openYaml': async () => ({ id: 'a', name: 'a.yaml', text: 'version: "2.0"' }),
  'files.save': async () => ({ type: 'saved' }),
  'files.saveAs': async () => null,
  'payloads.saveAs': async () => ({ saved: true }),
  'files.close': async () => ({}),
  'store.size': async () => ({ bytes: 0, executions: 0 }),
  'store.backUp': async () => null,
  'executions.export': async () => null,
  'executions.import': async () => null,
  'executions.importText': async () => {
    throw new ApiError('INVALID', 'This file cannot be imported.');
  },
  'settings.get': async () => settings,
  'settings.set': async (patch) => ({ ...settings, zoom: patch.zoom ?? 1 }),
  'shell.showActionsFolder': async () => ({}),
  'shell.showDataFolder': async () => {
    throw new ApiError('UNAVAILABLE', 'There is no file manager.');
  },
};

/** A router before a backend that answers as the test says, and what it logs. */
function routerTo(answer: (method: string, input: unknown) => unknown) {
  const logged: unknown[] = [];
  const backend = { call: async (method: string, input: unknown) => answer(method, input) } as Pick<Backend, 'call'>;
  const note = (...words: unknown[]) => logged.push(words);
  return { route: createRouter(backend, desktop, { info: note, warn: note, error: note }), logged };
}

const echo = routerTo((method, input) => ({ method, input })).route;

test('a method of the contract goes to the backend, with the defaults of its schema filled in', async () => {
  expect(await echo('executions.list', { text: 'abc' })).toMatchObject({
    ok: true,
    output: { method: 'executions.list', input: { cursor: null, limit: 100, text: 'abc', state: null } },
  });
});

test('a method of the desktop goes to the desktop, not to the backend', async () => {
  expect(await echo('settings.set', { zoom: 1.5 })).toEqual({ ok: true, output: { ...settings, zoom: 1.5 } });
});

test.each([
  ['a name that is in no table', 'executions.explode'],
  ['a name that every object has', 'constructor'],
  ['the name of an object’s prototype', '__proto__'],
  ['no text at all', 7],
  ['nothing', undefined],
])('%s is refused as INVALID', async (_what, method) => {
  expect(await echo(method, {})).toMatchObject({ ok: false, error: { code: 'INVALID' } });
});

test('an unknown method is named in the sentence, but not at any length', async () => {
  const reply = await echo('x'.repeat(10_000), {});
  expect(reply).toEqual({ ok: false, error: { code: 'INVALID', message: `There is no method "${'x'.repeat(60)}".` } });
});

test.each([
  ['a missing field', 'workflows.get', {}, 'name'],
  ['a field of another type', 'executions.pause', { id: 7 }, 'id'],
  ['a number out of range', 'settings.set', { zoom: 40 }, 'zoom'],
  ['a word that is not in the list', 'settings.set', { theme: 'pink' }, 'theme'],
  ['no object', 'executions.pause', 'an id', 'expected object'],
  ['nothing', 'executions.pause', undefined, 'expected object'],
])('input with %s reaches nobody, and the sentence says what is wrong', async (_what, method, input, named) => {
  const { route } = routerTo(() => {
    throw new Error('reached');
  });
  const reply = await route(method, input);
  expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID' } });
  expect(JSON.stringify(reply)).toContain(named);
});

test('an ApiError keeps its code and its sentence', async () => {
  const { route } = routerTo(() => {
    throw new ApiError('REFUSED', 'It has ended.');
  });
  expect(await route('executions.pause', { id: '1' })).toEqual({
    ok: false,
    error: { code: 'REFUSED', message: 'It has ended.' },
  });
  expect(await route('shell.showDataFolder', {})).toEqual({
    ok: false,
    error: { code: 'UNAVAILABLE', message: 'There is no file manager.' },
  });
});

test('any other error becomes INTERNAL: its details go to the log and not to the window', async () => {
  const { route, logged } = routerTo(() => {
    throw new TypeError('secret of /home/somebody');
  });
  const reply = await route('executions.pause', { id: '1' });
  expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(JSON.stringify(reply)).not.toContain('secret');
  expect(logged).toEqual([
    ['executions.pause failed', expect.objectContaining({ message: 'secret of /home/somebody' })],
  ]);
});

test('an input key named __proto__ is only a key', async () => {
  const input = JSON.parse('{"workflow": "w", "input": {"__proto__": {"polluted": true}}}');
  await echo('executions.start', input);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});
