import { createHash } from 'node:crypto';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { localPath } from './local/local-path.ts';
import { textOr } from './local/read-input.ts';
import { openRegularFile } from './local/regular-file.ts';

const ALGORITHMS = ['sha256', 'sha512', 'sha1', 'md5'];

export const localHash: Action = {
  name: 'local.hash',
  description: 'Gives the checksum of a file.',
  result: 'algorithm, hash in hexadecimal digits, and size in bytes',
  parameters: [
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "Where it is; ~ is the person's own folder, and other paths begin there.",
    },
    {
      name: 'algorithm',
      required: false,
      types: ['text'],
      description: 'sha256, sha512, sha1 or md5; sha256 unless told otherwise.',
    },
  ],
  isPure: false,
  reaches: ['files'],
  isSync: true,
  mistralClass: 'windrose.actions.local.HashAction',
  checkInput: ({ algorithm = null }) =>
    algorithm === null || ALGORITHMS.includes(String(algorithm))
      ? null
      : `local.hash: algorithm must be one of ${ALGORITHMS.join(', ')}.`,
  run: ({ path = null, algorithm }, context) =>
    attempt(async () => {
      const { file, size } = await openRegularFile(localPath(path));
      try {
        const hash = createHash(textOr(algorithm, 'sha256'));
        let done = 0;
        for await (const bytes of file.createReadStream({ autoClose: false })) {
          context.signal.throwIfAborted();
          hash.update(bytes as Buffer);
          done += (bytes as Buffer).length;
          context.progress(size === 0 ? null : done / size);
        }
        return { algorithm: textOr(algorithm, 'sha256'), hash: hash.digest('hex'), size: done };
      } finally {
        await file.close();
      }
    }),
};
