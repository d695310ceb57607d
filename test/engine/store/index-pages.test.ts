import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../../../engine/store/disk.ts';
import { IndexPages } from '../../../engine/store/index-pages.ts';
import { Problems } from '../../../engine/store/problems.ts';
import { filesIn, silent, temporaryFolder } from './lists.ts';

async function open(folder: string): Promise<IndexPages> {
  const format = { version: 1, upcast: (_kind: string, value: unknown) => value };
  const pages = new IndexPages(realDisk, folder, format, new Problems(silent));
  await pages.read();
  return pages;
}

test('the newest summary of each execution is read back', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  await pages.write(
    new Map([
      ['aa-1', { position: 1, summary: 'first' }],
      ['bb-2', { position: 1, summary: 'other' }],
    ]),
  );
  await pages.write(
    new Map([
      ['aa-1', { position: 5, summary: 'second' }],
      ['bb-2', null],
    ]),
  );
  const again = await open(folder);
  expect([...again.entries()]).toEqual([['aa-1', { position: 5, summary: 'second' }]]);
});

test('executions are spread over pages, and each stays in its page', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  const ids = Array.from({ length: 2500 }, (_, n) => `aa-${n}`);
  await pages.write(new Map(ids.map((id) => [id, { position: 1, summary: id }])));
  expect(await filesIn(folder)).toEqual(['00001.ndjson', '00002.ndjson', '00003.ndjson']);
  const again = await open(folder);
  await again.write(new Map([['aa-0', { position: 2, summary: 'changed' }]]));
  const last = await open(folder);
  expect(last.entries().size).toBe(2500);
  expect(last.get('aa-0')).toEqual({ position: 2, summary: 'changed' });
});

test('a page is written anew before it holds many more lines than executions', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let position = 1; position <= 1200; position += 1) {
    await pages.write(new Map([['aa-1', { position, summary: position }]]));
    if (position < 400) continue;
    const lines = (await readFile(join(folder, '00001.ndjson'), 'utf8')).split('\n').length - 1;
    most = Math.max(most, lines);
    least = Math.min(least, lines);
  }
  expect(least).toBe(1);
  expect(most).toBeLessThan(510);
  expect((await open(folder)).get('aa-1')).toEqual({ position: 1200, summary: 1200 });
});

test('a line that a crash cut off is dropped, and the page goes on', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  await pages.write(new Map([['aa-1', { position: 1, summary: 'first' }]]));
  const whole = await readFile(join(folder, '00001.ndjson'));
  await pages.write(new Map([['aa-1', { position: 2, summary: 'second' }]]));
  await truncate(join(folder, '00001.ndjson'), whole.length + 20);
  const again = await open(folder);
  expect(again.get('aa-1')).toEqual({ position: 1, summary: 'first' });
  await again.write(new Map([['bb-2', { position: 1, summary: 'other' }]]));
  expect((await open(folder)).entries().size).toBe(2);
});

test('a damaged page is removed as a whole', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  await pages.write(new Map([['aa-1', { position: 1, summary: 'first' }]]));
  await writeFile(join(folder, '00001.ndjson'), 'nonsense\n', { flag: 'a' });
  expect((await open(folder)).entries().size).toBe(0);
  expect(await filesIn(folder)).toEqual([]);
});
