import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toJsonText } from '../model/json-text.ts';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { localPath } from './local/local-path.ts';
import { replaceFile } from './local/replace-file.ts';

export const localWriteFile: Action = {
  name: 'local.write_file',
  description: 'Writes a file, wholly or not at all; its folder is made when it is not there.',
  result: 'path and size, in bytes, of what was written',
  parameters: [
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "Where to; ~ is the person's own folder, and other paths begin there.",
    },
    { name: 'content', required: true, description: 'A text, or any other value, which is written as JSON.' },
    {
      name: 'encoding',
      required: false,
      types: ['text'],
      description: 'utf-8, or base64 for a content that says bytes so; utf-8 unless told otherwise.',
    },
    {
      name: 'append',
      required: false,
      types: ['boolean'],
      description: 'Whether it is added to the end of what is there, which is not done wholly or not at all.',
    },
    {
      name: 'overwrite',
      required: false,
      types: ['boolean'],
      description: 'Whether a file that is there is replaced; yes unless told otherwise.',
    },
  ],
  isPure: false,
  reaches: ['files'],
  isSync: true,
  mistralClass: 'windrose.actions.local.WriteFileAction',
  checkInput: ({ encoding = null }) =>
    [null, 'utf-8', 'base64'].includes(encoding as string | null)
      ? null
      : 'local.write_file: encoding must be utf-8 or base64.',
  run: ({ path = null, content = null, encoding, append, overwrite }, { signal }) =>
    attempt(async () => {
      const target = localPath(path);
      const text = typeof content === 'string' ? content : toJsonText(content);
      const bytes = Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
      if (append === true) {
        signal.throwIfAborted();
        await mkdir(dirname(target), { recursive: true });
        await appendFile(target, bytes);
      } else {
        await replaceFile(target, { overwrite: overwrite !== false, signal }, (file) => file.writeFile(bytes));
      }
      return { path: target, size: bytes.length };
    }),
};
