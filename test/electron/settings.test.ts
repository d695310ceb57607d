import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { SettingsKeeper } from '../../electron/settings.ts';
import { openSettingsFile } from '../../electron/settings-file.ts';

let file = '';

beforeEach(async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-settings-'));
  onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
  file = path.join(folder, 'settings.json');
});

async function open() {
  const { document, troubles } = await openSettingsFile(file);
  return { settings: new SettingsKeeper(document, console), troubles };
}

const saved = async () => JSON.parse(await fs.readFile(file, 'utf8'));

test('the first start has the defaults and nothing to complain about', async () => {
  const { settings, troubles } = await open();
  expect(settings.current).toEqual({
    theme: 'system',
    zoom: 1,
    durability: 'durable',
    notifications: true,
    actionsAtOnce: null,
    refusesLocalAddresses: false,
    retention: { days: null, executions: null },
    ui: {},
  });
  expect(settings.place).toBeNull();
  expect(troubles).toEqual([]);
});

test('what was chosen is there at the next start', async () => {
  const { settings } = await open();
  await settings.change({ theme: 'dark', ui: { tree: 400 } });
  settings.keepPlace({ x: 10, y: 20, width: 900, height: 700, maximized: true });
  await settings.flush();
  const { settings: later } = await open();
  expect(later.current).toEqual({
    theme: 'dark',
    zoom: 1,
    durability: 'durable',
    notifications: true,
    actionsAtOnce: null,
    refusesLocalAddresses: false,
    retention: { days: null, executions: null },
    ui: { tree: 400 },
  });
  expect(later.place).toEqual({ x: 10, y: 20, width: 900, height: 700, maximized: true });
});

test('they are for their owner only, and so is what is kept aside of them', async () => {
  const { settings } = await open();
  await settings.change({ theme: 'dark' });
  await settings.flush();
  const changed = (await fs.readFile(file, 'utf8')).replace('dark', 'light');
  await fs.writeFile(file, changed);
  await open();
  await fs.writeFile(file, 'damaged');
  await open();
  const names = await fs.readdir(path.dirname(file));
  expect(names.toSorted()).toEqual(['settings.json.changed', 'settings.json.damaged']);
  for (const name of names) {
    expect([name, (await fs.stat(path.join(path.dirname(file), name))).mode & 0o777]).toEqual([name, 0o600]);
  }
});

test('waiting for the disk is what is done unless somebody chose otherwise', async () => {
  const { settings } = await open();
  expect(settings.current.durability).toBe('durable');
  await settings.change({ durability: 'fast' });
  expect((await open()).settings.current.durability).toBe('fast');
});

test('a change is on disk when it is answered', async () => {
  const { settings } = await open();
  await settings.change({ zoom: 1.5 });
  expect(await saved()).toMatchObject({ zoom: 1.5 });
});

test('a patch leaves alone what it does not name, and null removes a key of the window', async () => {
  const { settings } = await open();
  await settings.change({ theme: 'light', ui: { a: 1, b: { c: 2 } } });
  expect(await settings.change({ ui: { a: null, d: [3] } })).toEqual({
    theme: 'light',
    zoom: 1,
    durability: 'durable',
    notifications: true,
    actionsAtOnce: null,
    refusesLocalAddresses: false,
    retention: { days: null, executions: null },
    ui: { b: { c: 2 }, d: [3] },
  });
});

test('many changes in a row end with the last one on disk, and each is answered after it is there', async () => {
  const { settings } = await open();
  await Promise.all(Array.from({ length: 50 }, (_, n) => settings.change({ ui: { [`k${n}`]: n, last: n } })));
  const { ui } = await saved();
  expect(ui.last).toBe(49);
  expect(Object.keys(ui)).toHaveLength(51);
});

test('a key that every object has is only a key', async () => {
  const { settings } = await open();
  await settings.change({ ui: { constructor: 2, toString: null } });
  expect(Object.entries((await open()).settings.current.ui)).toEqual([['constructor', 2]]);
});

test('more than the window may keep is refused, and what was there stays', async () => {
  const { settings } = await open();
  await settings.change({ ui: { a: 1 } });
  await expect(settings.change({ theme: 'dark', ui: { big: 'x'.repeat(300_000) } })).rejects.toMatchObject({
    code: 'INVALID',
  });
  expect(settings.current).toEqual({
    theme: 'system',
    zoom: 1,
    durability: 'durable',
    notifications: true,
    actionsAtOnce: null,
    refusesLocalAddresses: false,
    retention: { days: null, executions: null },
    ui: { a: 1 },
  });
});

test('one wrong value takes its default, the others stay', async () => {
  await fs.writeFile(file, JSON.stringify({ theme: 'pink', zoom: 1.25, ui: 7, window: { x: 'left' } }));
  const { settings } = await open();
  expect(settings.current).toEqual({
    theme: 'system',
    zoom: 1.25,
    durability: 'durable',
    notifications: true,
    actionsAtOnce: null,
    refusesLocalAddresses: false,
    retention: { days: null, executions: null },
    ui: {},
  });
  expect(settings.place).toBeNull();
});

test.each(['', '{"theme": "da', '\0\0\0'])('a damaged file (%j) is kept aside, said, and begun anew', async (text) => {
  await fs.writeFile(file, text);
  const { settings, troubles } = await open();
  expect(settings.current.theme).toBe('system');
  expect(troubles).toEqual([expect.objectContaining({ severity: 'warning', file: `${file}.damaged` })]);
  expect(await fs.readFile(`${file}.damaged`, 'utf8')).toBe(text);
  await settings.change({ theme: 'dark' });
  expect((await open()).troubles).toEqual([]);
});

test('a value that something else has changed is used and said, with a copy kept aside', async () => {
  const { settings } = await open();
  await settings.change({ theme: 'dark', ui: { tree: 400 } });
  const changed = (await fs.readFile(file, 'utf8')).replace('400', '404');
  await fs.writeFile(file, changed);
  const { settings: later, troubles } = await open();
  expect(later.current).toMatchObject({ theme: 'dark', ui: { tree: 404 } });
  expect(troubles).toEqual([expect.objectContaining({ severity: 'warning', file: `${file}.changed` })]);
  expect(await fs.readFile(`${file}.changed`, 'utf8')).toBe(changed);
  expect((await open()).troubles).toEqual([]);
});

test('settings that are damaged twice are kept twice', async () => {
  for (const text of ['{"theme": "da', '{"theme": "li']) {
    await fs.writeFile(file, text);
    await open();
  }
  expect(await fs.readFile(`${file}.damaged`, 'utf8')).toBe('{"theme": "da');
  expect(await fs.readFile(`${file}.damaged-2`, 'utf8')).toBe('{"theme": "li');
});

test('a write that fails is told to whoever asked, and the next one works', async () => {
  const { settings } = await open();
  await fs.mkdir(`${file}.new`);
  await expect(settings.change({ zoom: 1.1 })).rejects.toThrow();
  await fs.rmdir(`${file}.new`);
  await settings.change({ zoom: 1.2 });
  expect(await saved()).toMatchObject({ zoom: 1.2 });
});
