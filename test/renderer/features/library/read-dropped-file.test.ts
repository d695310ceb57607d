import { expect, test } from 'vitest';
import { readDroppedFile } from '../../../../renderer/features/library/read-dropped-file.ts';

test('a dropped text is read, without its byte order mark', async () => {
  const file = new File([new Uint8Array([0xef, 0xbb, 0xbf]), 'größe: 1'], 'a.yaml');
  expect(await readDroppedFile(file)).toEqual({ type: 'opened', id: null, name: 'a.yaml', text: 'größe: 1' });
});

test('what is no text is refused with a sentence that names it', async () => {
  expect(await readDroppedFile(new File([new Uint8Array([0xff, 0xfe, 0x00])], 'a.yaml'))).toEqual({
    type: 'unreadable',
    name: 'a.yaml',
    message: 'a.yaml is not a text file in UTF-8.',
  });
});

test('what is far too large is not even read', async () => {
  const file = new File([new Uint8Array(5 * 1024 * 1024)], 'disk.img');
  expect(await readDroppedFile(file)).toMatchObject({
    type: 'unreadable',
    message: 'disk.img is too large for a workflow: 5.0 MB, at most 4 MB are read.',
  });
});
