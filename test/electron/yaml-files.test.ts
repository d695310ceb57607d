import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readYamlFile, yamlFilesIn } from '../../electron/yaml-files.ts';

let folder = '';

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-yaml-'));
  const made = folder;
  onTestFinished(() => fs.rm(made, { recursive: true, force: true }));
});

async function fileWith(content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, 'flow.yaml');
  await fs.writeFile(file, content);
  return file;
}

test('a file comes as its name and its text, without a byte order mark', async () => {
  expect(await readYamlFile(await fileWith('\ufeffgrüße: 1\n'))).toEqual({
    name: 'flow.yaml',
    text: 'grüße: 1\n',
    hasByteOrderMark: true,
  });
});

test.each([
  ['a file that is gone', async () => path.join(folder, 'flow.yaml'), 'flow.yaml is not there any more.'],
  ['a folder', async () => folder, 'is not a file.'],
  ['bytes that are no text', () => fileWith(Uint8Array.of(0x61, 0xff, 0xfe)), 'flow.yaml is not a text file in UTF-8.'],
  ['five megabytes', () => fileWith('x'.repeat(5 * 1024 * 1024)), 'flow.yaml is too large for a workflow: 5.0 MB'],
])('%s is refused with a sentence', async (_what, make, sentence) => {
  const file = await make();
  await expect(readYamlFile(file)).rejects.toMatchObject({
    name: 'ApiError',
    message: expect.stringContaining(sentence),
  });
});

test('the YAML files of a command line are found between its switches, as absolute paths', () => {
  expect(yamlFilesIn(['.', '--inspect=0', '--x.yaml', 'a.yaml', '/b/C.YML', 'notes.txt'], '/home/me')).toEqual([
    path.resolve('/home/me/a.yaml'),
    path.resolve('/b/C.YML'),
  ]);
});
