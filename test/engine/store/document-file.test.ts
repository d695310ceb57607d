import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DocumentFile, type DocumentKind } from '../../../engine/store/document-file.ts';
import { Problems } from '../../../engine/store/problems.ts';
import { filesIn, silent, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

interface Settings {
  readonly theme: string;
  readonly size: number;
}

const kind: DocumentKind<Settings> = {
  version: 2,
  defaults: { theme: 'light', size: 1 },
  parse: (data, version) => {
    const { theme, size } = data as Settings;
    if (version === 1) return { theme, size: 10 };
    if (typeof theme !== 'string' || typeof size !== 'number')
      throw new Error('theme or size is not what it should be');
    return { theme, size };
  },
};

async function open(folder: string, disk = new WatchedDisk()) {
  const problems = new Problems(silent);
  const file = await DocumentFile.open(disk, join(folder, 'settings.json'), kind, problems);
  return { file, problems };
}

test('a document without a file has its defaults, and no file is made of them', async () => {
  const folder = await temporaryFolder();
  const { file } = await open(folder);
  expect(file.data).toEqual({ theme: 'light', size: 1 });
  expect(await filesIn(folder)).toEqual([]);
});

test('an update is on disk when it has resolved: written beside, synced, renamed, folder synced', async () => {
  const folder = await temporaryFolder();
  const disk = new WatchedDisk();
  const { file } = await open(folder, disk);
  disk.done.length = 0;
  await file.update((data) => ({ ...data, theme: 'dark' }));
  expect(disk.done.map(([operation]) => operation)).toEqual(['open', 'write', 'datasync', 'rename', 'syncFolder']);
  expect((await open(folder)).file.data).toEqual({ theme: 'dark', size: 1 });
});

test('a person can read the file', async () => {
  const folder = await temporaryFolder();
  const { file } = await open(folder);
  await file.update((data) => ({ ...data, theme: 'dark' }));
  const text = await readFile(join(folder, 'settings.json'), 'utf8');
  expect(text).toMatch(/^\{\n {2}"version": 2,\n {2}"data": \{\n {4}"theme": "dark",/);
});

test('updates are applied in order, and those that are made during a write are written together', async () => {
  const folder = await temporaryFolder();
  const disk = new WatchedDisk();
  const { file } = await open(folder, disk);
  await Promise.all(
    Array.from({ length: 50 }, () => file.update((data) => ({ ...data, size: data.size * 2 - 1 + 1 }))),
  );
  expect(file.data.size).toBe(2 ** 50);
  expect(disk.count('rename', /settings\.json$/)).toBe(2);
  expect((await open(folder)).file.data.size).toBe(2 ** 50);
});

test('an update that cannot be written is rejected with a sentence, and the document stays what it was', async () => {
  const folder = await temporaryFolder();
  const disk = new WatchedDisk();
  const { file } = await open(folder, disk);
  await file.update((data) => ({ ...data, theme: 'dark' }));
  for (const operation of ['open', 'write', 'datasync', 'rename'] as const) {
    disk.fault = (each) => (each === operation ? { code: 'ENOSPC' } : null);
    const update = file.update((data) => ({ ...data, theme: 'lost' }));
    await expect(update).rejects.toThrow('“settings.json” could not be saved: the disk is full; make room on it.');
    disk.fault = () => null;
    expect(file.data.theme).toBe('dark');
    expect((await open(folder)).file.data.theme).toBe('dark');
  }
  await file.update((data) => ({ ...data, theme: 'again' }));
  expect((await open(folder)).file.data.theme).toBe('again');
});

test('a change that throws is rejected with what it threw and disturbs no other', async () => {
  const { file } = await open(await temporaryFolder());
  const wrong = file.update(() => {
    throw new Error('no such theme');
  });
  const right = file.update((data) => ({ ...data, theme: 'dark' }));
  await expect(wrong).rejects.toThrow('no such theme');
  await right;
  expect(file.data.theme).toBe('dark');
});

test('an unreadable file is kept aside and reported, whatever stands in it', async () => {
  for (const content of [
    '',
    '{"version": 2, "da',
    'null',
    '[]',
    '{}',
    '{"version":2,"data":{"theme":3}}',
    '\0\0\0\0',
  ]) {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'settings.json'), content);
    const { file, problems } = await open(folder);
    expect(file.data).toEqual(kind.defaults);
    expect(problems.list()).toMatchObject([{ severity: 'error', file: join(folder, 'settings.json.damaged-1') }]);
    expect(problems.list()[0]?.message).toContain('“settings.json” is damaged');
    expect(await readFile(join(folder, 'settings.json.damaged-1'), 'utf8')).toBe(content);
    await file.update((data) => ({ ...data, theme: 'dark' }));
    expect((await open(folder)).file.data.theme).toBe('dark');
  }
});

test('a second damaged file does not replace the first', async () => {
  const folder = await temporaryFolder();
  for (const content of ['first', 'second']) {
    await writeFile(join(folder, 'settings.json'), content);
    await open(folder);
  }
  expect(await readFile(join(folder, 'settings.json.damaged-1'), 'utf8')).toBe('first');
  expect(await readFile(join(folder, 'settings.json.damaged-2'), 'utf8')).toBe('second');
});

test('a file that a person has edited is used and said once; one without a checksum is fine', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'settings.json');
  const { file } = await open(folder);
  await file.update((data) => ({ ...data, theme: 'dark' }));
  await writeFile(path, (await readFile(path, 'utf8')).replace('dark', 'blue'));
  const edited = await open(folder);
  expect(edited.file.data.theme).toBe('blue');
  expect(edited.problems.list()).toMatchObject([{ severity: 'warning', file: `${path}.changed-1` }]);
  expect((await open(folder)).problems.list()).toEqual([]);

  await writeFile(path, '{ "version": 2, "data": { "theme": "by hand", "size": 4 } }');
  const handmade = await open(folder);
  expect(handmade.file.data.theme).toBe('by hand');
  expect(handmade.problems.list()).toEqual([]);
});

test('a file of an older version is brought up to date, and the original is kept', async () => {
  const folder = await temporaryFolder();
  const original = '{ "version": 1, "data": { "theme": "old" } }';
  await writeFile(join(folder, 'settings.json'), original);
  for (let start = 0; start < 2; start += 1) expect((await open(folder)).file.data).toEqual({ theme: 'old', size: 10 });
  await (await open(folder)).file.update((data) => ({ ...data, theme: 'new' }));
  const kept = (await filesIn(folder)).filter((name) => !name.startsWith('settings.json.copy'));
  expect(kept).toEqual(['settings.json', 'settings.json.v1']);
  expect(await readFile(join(folder, 'settings.json.v1'), 'utf8')).toBe(original);
});

test('a damaged file is made again from its copy, and so is one that is gone', async () => {
  for (const ruin of ['{"version": 2, "da', null]) {
    const folder = await temporaryFolder();
    const path = join(folder, 'settings.json');
    const { file } = await open(folder);
    await file.update(() => ({ theme: 'dark', size: 3 }));
    await file.close();
    const written = await readFile(path, 'utf8');
    if (ruin === null) await rm(path);
    else await writeFile(path, ruin);
    const again = await open(folder);
    expect(again.file.data).toEqual({ theme: 'dark', size: 3 });
    expect(again.problems.list().at(-1)?.message).toContain('“settings.json” was made again from its copy.');
    expect(await readFile(path, 'utf8')).toBe(written);
    if (ruin !== null) expect(await readFile(`${path}.damaged-1`, 'utf8')).toBe(ruin);
    expect((await open(folder)).problems.list()).toEqual([]);
  }
});

test('a version that the disk has changed is not believed', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'settings.json');
  await (await open(folder)).file.update(() => ({ theme: 'dark', size: 3 }));
  await writeFile(path, (await readFile(path, 'utf8')).replace('"version": 2', '"version": 3'));
  const again = await open(folder);
  expect(again.file.data).toEqual({ theme: 'dark', size: 3 });
  expect(again.problems.list()[0]?.message).toContain('was changed by something other than Windrose');
});

test('a file of a newer version is refused and not touched', async () => {
  const folder = await temporaryFolder();
  const newer = '{ "version": 3, "data": { "theme": "future" } }';
  await writeFile(join(folder, 'settings.json'), newer);
  await expect(open(folder)).rejects.toThrow('was written by a newer version of Windrose');
  expect(await filesIn(folder)).toEqual(['settings.json']);
  expect(await readFile(join(folder, 'settings.json'), 'utf8')).toBe(newer);
});
