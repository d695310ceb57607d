import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { OpenFiles } from '../../electron/open-files.ts';

let folder = '';
let files: OpenFiles;
let told: (string | null)[];

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-open-'));
  told = [];
  files = new OpenFiles((_id, text) => told.push(text));
  const [made, opened] = [folder, files];
  onTestFinished(async () => {
    opened.closeAll();
    await fs.rm(made, { recursive: true, force: true });
  });
});

async function fileWith(text: string): Promise<string> {
  const file = path.join(folder, 'flow.yaml');
  await fs.writeFile(file, text);
  return file;
}

test('a file is saved as long as it holds what is expected, and keeps its mode and its byte order mark', async () => {
  const file = await fileWith('\ufeffold\n');
  await fs.chmod(file, 0o640);
  const { id, text } = await files.open(file);
  expect(await files.save(id, 'new\n', text)).toEqual({ type: 'saved' });
  expect(await fs.readFile(file, 'utf8')).toBe('\ufeffnew\n');
  expect((await fs.stat(file)).mode & 0o777).toBe(0o640);
  expect(await fs.readdir(folder)).toEqual(['flow.yaml']);
});

test('a file that holds something else by now is not written, and neither is one that is gone', async () => {
  const file = await fileWith('old\n');
  const { id } = await files.open(file);
  await fs.writeFile(file, 'theirs\n');
  expect(await files.save(id, 'mine\n', 'old\n')).toEqual({ type: 'changed', text: 'theirs\n' });
  expect(await fs.readFile(file, 'utf8')).toBe('theirs\n');
  await fs.rm(file);
  expect(await files.save(id, 'mine\n', 'theirs\n')).toEqual({ type: 'changed', text: null });
  expect(await files.save(id, 'mine\n', null)).toEqual({ type: 'saved' });
  expect(await fs.readFile(file, 'utf8')).toBe('mine\n');
});

test('what another program writes is told, in whatever way it writes; what is saved here is not', async () => {
  const file = await fileWith('old\n');
  const { id } = await files.open(file);
  await files.save(id, 'saved here\n', 'old\n');
  await fs.writeFile(file, 'in place\n');
  await vi.waitFor(() => expect(told).toEqual(['in place\n']));
  await fs.writeFile(path.join(folder, 'other'), 'put in its place\n');
  await fs.rename(path.join(folder, 'other'), file);
  await vi.waitFor(() => expect(told).toEqual(['in place\n', 'put in its place\n']));
  await fs.rm(file);
  await vi.waitFor(() => expect(told.at(-1)).toBeNull());
});

test('a link stays a link', async () => {
  const file = await fileWith('old\n');
  const link = path.join(folder, 'link.yaml');
  await fs.symlink(file, link);
  const { id } = await files.open(link);
  await files.save(id, 'new\n', 'old\n');
  expect((await fs.lstat(link)).isSymbolicLink()).toBe(true);
  expect(await fs.readFile(file, 'utf8')).toBe('new\n');
});

test('only what was opened can be written', async () => {
  await expect(files.save('anything', 'x', null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { id } = await files.open(await fileWith('old\n'));
  files.close(id);
  await expect(files.save(id, 'x', 'old\n')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
