import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Format } from '../../../engine/store/format.ts';
import { checksum } from '../../../engine/store/line.ts';
import { crashed, filesIn, Lists, temporaryFolder } from './lists.ts';

/** What version 2 does to what version 1 wrote. */
const second: Format = {
  version: 2,
  upcast: (kind, value) => {
    if (kind === 'commit') return `${String(value)}!`;
    if (kind === 'document') return (value as readonly string[]).map((word) => `${word}!`);
    return { ...(value as object), upcast: true };
  },
};

/** Two executions, one in its files and one in the journal, written by version 1. */
async function old(): Promise<string> {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  await lists.add('aa-1', 'one');
  await lists.store.close();
  const next = await Lists.open(folder);
  await next.add('bb-2', 'two');
  return crashed(folder);
}

test('what an older version wrote is read as if this one had written it, and originals of documents are kept', async () => {
  const folder = await old();
  const original = await readFile(join(folder, 'executions/aa/aa-1.json'), 'utf8');
  const lists = await Lists.open(folder, { format: second });
  expect((await lists.store.search({ cursor: null, limit: 9, filter: (each) => 'upcast' in each })).total).toBe(1);
  expect(await lists.load('aa-1')).toEqual(['one!']);
  expect(await lists.load('bb-2')).toEqual(['two!']);
  await lists.add('aa-1', 'new');
  await lists.store.close();

  const again = await Lists.open(folder, { format: second });
  expect(await again.load('aa-1')).toEqual(['one!', 'new']);
  const words: string[] = [];
  for await (const { commit } of again.store.history('aa-1')) words.push(commit);
  expect(words).toEqual(['one!', 'new']);
  expect(await readFile(join(folder, 'executions/aa/aa-1.json.v1'), 'utf8')).toBe(original);
});

test.each(['journal/00000001.ndjson', 'executions/index/00001.ndjson'])(
  'a store that a newer version wrote is refused with a sentence and not touched (%s)',
  async (file) => {
    const folder = await old();
    const other = await temporaryFolder();
    const newer = await Lists.open(other, { format: second });
    await newer.add('cc-3', 'three');
    if (file.startsWith('journal')) {
      await writeFile(join(folder, file), await readFile(join(await crashed(other), file)), { flag: 'a' });
    } else {
      await newer.store.close();
      await writeFile(join(folder, file), await readFile(join(other, file)), { flag: 'a' });
    }
    const before = await contents(folder);
    const opening = Lists.open(folder);
    await expect(opening).rejects.toMatchObject({ code: 'newer' });
    await expect(opening).rejects.toThrow('was written by a newer version of Windrose.');
    expect(await contents(folder)).toEqual(before);
  },
);

test('a document that a newer version wrote is refused and not touched', async () => {
  const folder = await old();
  const path = join(folder, 'executions/aa/aa-1.json');
  const [body = ''] = (await readFile(path, 'utf8')).replace('"version": 1', '"version": 2').split(/,\s*"checksum"/);
  const newer = `${body},\n  "checksum": "${checksum(body)}"\n}\n`;
  await writeFile(path, newer);
  const lists = await Lists.open(folder);
  await expect(lists.load('aa-1')).rejects.toMatchObject({ code: 'newer' });
  expect(await readFile(path, 'utf8')).toBe(newer);
});

async function contents(folder: string): Promise<readonly (readonly [string, string])[]> {
  const files = (await filesIn(folder)).filter((file) => file !== 'lock');
  return Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const));
}
