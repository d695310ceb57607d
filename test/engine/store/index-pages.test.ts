import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { realDisk } from '../../../engine/store/disk.ts';
import { ExecutionFiles } from '../../../engine/store/execution-files.ts';
import { ExecutionList } from '../../../engine/store/execution-list.ts';
import type { Format } from '../../../engine/store/format.ts';
import { areAsTheyWere, emptyPage } from '../../../engine/store/index-page.ts';
import { IndexPages } from '../../../engine/store/index-pages.ts';
import { PayloadFiles } from '../../../engine/store/payload-files.ts';
import { Problems } from '../../../engine/store/problems.ts';
import { filesIn, silent, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

interface Summary {
  readonly createdAt: number;
  readonly says: string | number;
}

class Pages extends IndexPages<Summary> {
  readonly list: ExecutionList<Summary>;
  isWhole = false;

  constructor(folder: string, list: ExecutionList<Summary>) {
    const format: Format = { version: 1, upcast: (_kind, value) => value };
    const problems = new Problems(silent);
    const payloads = { disk: realDisk, folder: join(folder, 'payloads'), durable: true, problems, retryDelay: 1 };
    const files = new ExecutionFiles(realDisk, folder, format, problems, new PayloadFiles(payloads));
    super(realDisk, folder, files, format, problems, list);
    this.list = list;
  }

  /** What each execution has in the index: its position and what its summary says; null when nobody has looked. */
  entries(): readonly (readonly [string, number, string | number | null])[] {
    return [...this.list.rows()].map((row) => [row.id, row.position, row.indexed?.says ?? null]);
  }
}

async function open(folder: string): Promise<Pages> {
  const pages = new Pages(folder, new ExecutionList());
  pages.isWhole = (await pages.read(() => false)).isWhole;
  return pages;
}

function entry(position: number, says: string | number): { readonly position: number; readonly summary: Summary } {
  return { position, summary: { createdAt: 1, says } };
}

const two = new Map([
  ['aa-1', entry(1, 'first')],
  ['bb-2', entry(1, 'other')],
]);

test('the newest summary of each execution is read back', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  await pages.write(two);
  await pages.write(
    new Map([
      ['aa-1', entry(5, 'second')],
      ['bb-2', null],
    ]),
  );
  const again = await open(folder);
  expect(again.entries()).toEqual([['aa-1', 5, 'second']]);
});

test('executions are spread over pages, and each stays in its page', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  const ids = Array.from({ length: 2500 }, (_, n) => `aa-${n}`);
  await pages.write(new Map(ids.map((id) => [id, entry(1, id)])));
  expect(await filesIn(folder)).toEqual(['00001.ndjson', '00002.ndjson', '00003.ndjson']);
  const again = await open(folder);
  await again.write(new Map([['aa-0', entry(2, 'changed')]]));
  const last = await open(folder);
  expect(last.entries()).toHaveLength(2500);
  expect(last.entries()).toContainEqual(['aa-0', 2, 'changed']);
});

test('a page is written anew before it holds many more lines than executions', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let position = 1; position <= 1200; position += 1) {
    await pages.write(new Map([['aa-1', entry(position, position)]]));
    if (position < 400) continue;
    const lines = (await readFile(join(folder, '00001.ndjson'), 'utf8')).split('\n').length - 1;
    most = Math.max(most, lines);
    least = Math.min(least, lines);
  }
  expect(least).toBe(1);
  expect(most).toBeLessThan(510);
  expect((await open(folder)).entries()).toEqual([['aa-1', 1200, 1200]]);
});

test('what nobody has looked at is in the page that is written anew', async () => {
  const folder = await temporaryFolder();
  const before = await open(folder);
  await before.write(two);
  await before.close(() => false);
  const pages = await open(folder);
  expect(pages.entries()).toEqual([
    ['aa-1', 1, null],
    ['bb-2', 1, null],
  ]);
  for (let position = 2; position <= 600; position += 1) {
    await pages.write(new Map([['aa-1', entry(position, position)]]));
  }
  expect((await readFile(join(folder, '00001.ndjson'), 'utf8')).split('\n').length).toBeLessThan(600);
  expect((await open(folder)).entries()).toContainEqual(['bb-2', 1, 'other']);
});

test('a line that a crash cut off is dropped, and the page goes on', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  await pages.write(new Map([['aa-1', entry(1, 'first')]]));
  const whole = await readFile(join(folder, '00001.ndjson'));
  await pages.write(new Map([['aa-1', entry(2, 'second')]]));
  await truncate(join(folder, '00001.ndjson'), whole.length + 20);
  const again = await open(folder);
  expect(again.entries()).toEqual([['aa-1', 1, 'first']]);
  await again.write(new Map([['bb-2', entry(1, 'other')]]));
  expect((await open(folder)).entries()).toHaveLength(2);
});

test('a damaged page is removed as a whole', async () => {
  const folder = await temporaryFolder();
  const pages = await open(folder);
  await pages.write(new Map([['aa-1', entry(1, 'first')]]));
  await writeFile(join(folder, '00001.ndjson'), 'nonsense\n', { flag: 'a' });
  expect((await open(folder)).entries()).toEqual([]);
  expect(await filesIn(folder)).toEqual([]);
});

test('of any number of files one that is different, gone or longer is found', async () => {
  const folder = await temporaryFolder();
  const bytes = Buffer.from('what it says\n');
  const files = Array.from({ length: 9 }, (_, index) => {
    const page = { ...emptyPage(index + 1), size: bytes.length, crc: crc32(bytes) };
    return [join(folder, String(index)), page] as const;
  });
  const same = async (): Promise<boolean> => {
    for (const [path] of files) await writeFile(path, bytes);
    return areAsTheyWere(realDisk, files);
  };
  expect(await same()).toBe(true);
  for (const [path] of files) {
    await writeFile(path, 'what it sayz\n');
    expect(await areAsTheyWere(realDisk, files)).toBe(false);
    await writeFile(path, `${bytes}more`);
    expect(await areAsTheyWere(realDisk, files)).toBe(false);
    await rm(path);
    expect(await areAsTheyWere(realDisk, files)).toBe(false);
    expect(await same()).toBe(true);
  }
});

test('what comes after a file that is different is not read any more', async () => {
  const folder = await temporaryFolder();
  const files = Array.from({ length: 40 }, (_, index) => [join(folder, String(index)), emptyPage(index + 1)] as const);
  for (const [path] of files) await writeFile(path, 'more than nothing\n');
  const disk = new WatchedDisk();
  expect(await areAsTheyWere(disk, files)).toBe(false);
  expect(disk.count('open', /./)).toBeLessThan(10);
});
