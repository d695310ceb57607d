import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../electron/log.ts';
import { readWhole } from '../../electron/read-whole.ts';
import { OWN, writeWhole } from '../../electron/write-whole.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-files-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const modeOf = async (file: string): Promise<number> => (await fs.stat(file)).mode & 0o777;

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

test('what came of an execution is written for its owner only, also in the place of a file for all', async () => {
  await writeWhole(at('new'), pieces('a', 'b'), OWN);
  expect([await fs.readFile(at('new'), 'utf8'), await modeOf(at('new'))]).toEqual(['ab', 0o600]);
  await fs.writeFile(at('old'), 'x', { mode: 0o644 });
  await writeWhole(at('old'), 'y', OWN);
  expect([await fs.readFile(at('old'), 'utf8'), await modeOf(at('old'))]).toEqual(['y', 0o600]);
});

test('a workflow file keeps its permissions', async () => {
  await fs.writeFile(at('file'), 'x', { mode: 0o640 });
  await writeWhole(at('file'), 'y');
  expect(await modeOf(at('file'))).toBe(0o640);
});

test('a file that cannot be written to its end is left as it was, and nothing beside it', async () => {
  await fs.writeFile(at('file'), 'as it was');
  async function* failing(): AsyncGenerator<string> {
    yield 'half';
    throw new Error('it is gone');
  }
  await expect(writeWhole(at('file'), failing(), OWN)).rejects.toThrow('file cannot be written: it is gone.');
  expect(await fs.readFile(at('file'), 'utf8')).toBe('as it was');
  expect(await fs.readdir(folder)).toEqual(['file']);
});

test('the log is for its owner only', async () => {
  openLog(folder).info('a line');
  const [name = ''] = await fs.readdir(folder);
  expect(await fs.readFile(at(name), 'utf8')).toContain('a line');
  expect(await modeOf(at(name))).toBe(0o600);
});

const read = (file: string): Promise<Buffer> => readWhole(file, 10, (size) => `it has ${size} bytes`);

test('a file that the person has chosen is read up to its limit', async () => {
  await fs.writeFile(at('file'), '0123456789');
  expect(await read(at('file'))).toEqual(Buffer.from('0123456789'));
  await fs.writeFile(at('file'), '0123456789a');
  await expect(read(at('file'))).rejects.toThrow('it has 11 bytes');
});

test.runIf(process.platform === 'linux')(
  'what may never end, or lies about its size, is not read without end',
  async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(read(at('pipe'))).rejects.toThrow('pipe is not a file.');
    await expect(read('/dev/zero')).rejects.toThrow('zero is not a file.');
    // It says that it has no size.
    await expect(read('/proc/self/status')).rejects.toThrow('it has 11 bytes');
    await expect(read(folder)).rejects.toThrow('is not a file.');
    await expect(read(at('none'))).rejects.toThrow('none is not there any more.');
  },
);
