import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Lists, temporaryFolder } from './lists.ts';

// The folder of a store may come from somebody else, in an archive: what is in it leads nowhere.

const id = 'aa-1';
const bucket = ['executions', 'aa'] as const;

/** A store that was closed, and a folder beside it that nobody may touch. */
async function closed(): Promise<{ readonly folder: string; readonly outside: string }> {
  const folder = join(await temporaryFolder(), 'store');
  const lists = await Lists.open(folder);
  await lists.add(id, 'one');
  await lists.store.close();
  const outside = await temporaryFolder();
  await writeFile(join(outside, 'theirs.tmp'), 'as it was');
  return { folder, outside };
}

async function expectUntouched(outside: string): Promise<void> {
  expect(await readdir(outside)).toEqual(['theirs.tmp']);
  expect(await readFile(join(outside, 'theirs.tmp'), 'utf8')).toBe('as it was');
}

test('everything in the folder is for its owner only', async () => {
  const { folder } = await closed();
  const entries = await readdir(folder, { recursive: true });
  expect(entries.length).toBeGreaterThan(5);
  for (const name of ['.', ...entries]) {
    const found = await stat(join(folder, name));
    expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
  }
});

test.each([['executions'], ['journal'], ['payloads'], ['executions/aa'], ['executions/index'], ['payloads/aa']])(
  'a link in the place of the folder %s is refused with a sentence, and nothing is done where it leads',
  async (part) => {
    const { folder, outside } = await closed();
    await mkdir(join(folder, part, '..'), { recursive: true });
    await rename(join(folder, part), join(folder, '..', 'moved')).catch(() => {});
    await symlink(outside, join(folder, part));
    await expect(Lists.open(folder)).rejects.toThrow(
      'is a link, and links in the folder of the store are not followed',
    );
    await expectUntouched(outside);
  },
);

test.each([[`${id}.json`], [`${id}.history.ndjson`]])(
  'a link in the place of the file %s is not followed',
  async (name) => {
    const { folder, outside } = await closed();
    const place = join(folder, ...bucket, name);
    await rename(place, join(folder, '..', 'moved')).catch(() => {});
    await symlink(join(outside, 'theirs.tmp'), place);
    const lists = await Lists.open(folder);
    await lists.load(id).catch(() => {});
    await lists.add(id, 'two').catch(() => {});
    const copy = join(folder, '..', 'copy');
    await lists.store.backUp(copy).catch(() => {});
    await lists.store.close();
    await expectUntouched(outside);
    const copied = await readdir(copy, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const each of copied.filter((entry) => entry.isFile())) {
      expect(await readFile(join(each.parentPath, each.name), 'utf8')).not.toContain('as it was');
    }
  },
);

test('the folder itself may be reached by a link', async () => {
  const { folder } = await closed();
  const link = join(folder, '..', 'link');
  await symlink(folder, link);
  expect(await (await Lists.open(link)).load(id)).toEqual(['one']);
});
