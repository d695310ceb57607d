/** What a task may ask of files that means harm; `FOLDER` stands for a folder of the test's own. Each fails with a sentence. */
export interface HostileFile {
  readonly name: string;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export const files: readonly HostileFile[] = [
  { name: 'a file without end', action: 'local.read_file', input: { path: '/dev/zero' } },
  { name: 'a folder as a file', action: 'local.read_file', input: { path: 'FOLDER' } },
  { name: 'a path with a null byte', action: 'local.read_file', input: { path: 'FOLDER/a\u0000b' } },
  {
    name: 'a path of a million letters',
    action: 'local.read_file',
    input: { path: `FOLDER/${'x'.repeat(1_000_000)}` },
  },
  { name: 'a link to itself', action: 'local.read_file', input: { path: 'FOLDER/circle' } },
  { name: 'a pipe that nobody fills', action: 'local.read_file', input: { path: 'FOLDER/pipe' } },
  { name: 'an empty path to delete', action: 'local.delete', input: { path: '', recursive: true } },
  { name: 'the root to delete', action: 'local.delete', input: { path: '/', recursive: true } },
  { name: 'a full folder to delete without saying so', action: 'local.delete', input: { path: 'FOLDER' } },
  { name: 'a folder into itself', action: 'local.copy', input: { from: 'FOLDER', to: 'FOLDER/in/it' } },
  { name: 'a folder moved into itself', action: 'local.move', input: { from: 'FOLDER', to: 'FOLDER/in/it' } },
  { name: 'a file over a folder', action: 'local.write_file', input: { path: 'FOLDER', content: 'x' } },
  { name: 'a checksum that is not there', action: 'local.hash', input: { path: 'FOLDER/kept', algorithm: '../md5' } },
  { name: 'JSON that is none', action: 'local.read_file', input: { path: 'FOLDER/kept', as: 'json' } },
];
