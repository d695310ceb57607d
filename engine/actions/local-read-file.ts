import type { Action } from './action.ts';
import { readJson } from './json-text.ts';
import { attempt } from './local/attempt.ts';
import { localPath } from './local/local-path.ts';
import { numberOr, textOr } from './local/read-input.ts';
import { openRegularFile } from './local/regular-file.ts';

const FORMS = ['text', 'json', 'lines', 'base64'];
const LIMIT = 5_000_000;

export const localReadFile: Action = {
  name: 'local.read_file',
  description: 'Reads a file.',
  result: 'what the file holds',
  parameters: [
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "Where it is; ~ is the person's own folder, and other paths begin there.",
    },
    {
      name: 'as',
      required: false,
      types: ['text'],
      description: 'text, json, lines or base64; text unless told otherwise.',
    },
    {
      name: 'limit',
      required: false,
      types: ['number'],
      description: 'Bytes that it may have at most; 5000000 unless told otherwise.',
    },
  ],
  isPure: false,
  reaches: ['files'],
  isSync: true,
  mistralClass: 'windrose.actions.local.ReadFileAction',
  checkInput({ as = null }) {
    return as === null || FORMS.includes(String(as)) ? null : `local.read_file: as must be one of ${FORMS.join(', ')}.`;
  },
  run: ({ path = null, as, limit }, { signal }) =>
    attempt(async () => {
      const bytes = await readBounded(localPath(path), numberOr(limit, LIMIT), signal);
      switch (textOr(as, 'text')) {
        case 'json':
          return readJson(bytes.toString());
        case 'lines':
          return bytes
            .toString()
            .replace(/\r?\n$/, '')
            .split(/\r?\n/);
        case 'base64':
          return bytes.toString('base64');
        default:
          return bytes.toString();
      }
    }),
};

async function readBounded(path: string, limit: number, signal: AbortSignal): Promise<Buffer> {
  const { file, size } = await openRegularFile(path);
  try {
    if (size > limit) throw new Error(`${path}: it has ${size} bytes, and ${limit} is the limit.`);
    // Files of the system say that they have no size, and may grow while they are read.
    const bytes = Buffer.alloc(Math.max(size, 65_536) + 1);
    let length = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0) return bytes.subarray(0, length);
      if (length > limit || length === bytes.length) throw new Error(`${path}: it grows while it is read.`);
    }
  } finally {
    await file.close();
  }
}
