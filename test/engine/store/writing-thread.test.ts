import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../../../engine/store/disk.ts';
import { temporaryFolder } from './lists.ts';

test('small files are written whole or from an offset on, and for their owner only', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.json');
  const other = join(folder, 'b.ndjson');
  await Promise.all([
    realDisk.writeSmall({ path, bytes: Buffer.from('größer als zuvor'), offset: null }),
    realDisk.writeSmall({ path: other, bytes: Buffer.from('one\n'), offset: 0 }),
  ]);
  await realDisk.writeSmall({ path, bytes: Buffer.from('kürzer'), offset: null });
  await realDisk.writeSmall({ path: other, bytes: Buffer.from('two\n'), offset: 4 });
  expect(await readFile(path, 'utf8')).toBe('kürzer');
  expect(await readFile(other, 'utf8')).toBe('one\ntwo\n');
  await realDisk.writeSmall({ path: other, bytes: Buffer.from('new\n'), offset: 0 });
  expect(await readFile(other, 'utf8')).toBe('new\n');
  expect((await readdir(folder)).toSorted()).toEqual(['a.json', 'b.ndjson']);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('one that is refused says why, and the others that were asked for with it are written', async () => {
  const folder = await temporaryFolder();
  const [before, behind] = [join(folder, 'before'), join(folder, 'behind')];
  const written = await Promise.allSettled([
    realDisk.writeSmall({ path: before, bytes: Buffer.from('1'), offset: null }),
    realDisk.writeSmall({ path: join(folder, 'nowhere', 'a'), bytes: Buffer.from('2'), offset: null }),
    realDisk.writeSmall({ path: behind, bytes: Buffer.from('3'), offset: 0 }),
  ]);
  expect(written[1]).toMatchObject({ status: 'rejected', reason: { code: 'ENOENT' } });
  expect([await readFile(before, 'utf8'), await readFile(behind, 'utf8')]).toEqual(['1', '3']);
});

test.skipIf(process.platform === 'win32')('no link is followed', async () => {
  const folder = await temporaryFolder();
  const target = join(folder, 'target');
  await writeFile(target, 'theirs');
  await symlink(target, join(folder, 'link'));
  await expect(
    realDisk.writeSmall({ path: join(folder, 'link'), bytes: Buffer.from('ours'), offset: 0 }),
  ).rejects.toMatchObject({
    code: 'ELOOP',
  });
  expect(await readFile(target, 'utf8')).toBe('theirs');
});
