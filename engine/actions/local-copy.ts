import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { copyTree } from './local/copy-tree.ts';
import { localPath } from './local/local-path.ts';

export const localCopy: Action = {
  name: 'local.copy',
  description: 'Copies a file, or a folder with all that is in it. Each file is there wholly or not at all.',
  result: 'path, and the number of files and bytes that were copied',
  parameters: [
    {
      name: 'from',
      required: true,
      types: ['text'],
      description: "What; ~ is the person's own folder, and other paths begin there.",
    },
    {
      name: 'to',
      required: true,
      types: ['text'],
      description: 'The new path itself, not the folder that it is to be in.',
    },
    {
      name: 'overwrite',
      required: false,
      types: ['boolean'],
      description: 'Whether files that are there are replaced; no unless told otherwise.',
    },
  ],
  isPure: false,
  reaches: ['files'],
  isSync: true,
  mistralClass: 'windrose.actions.local.CopyAction',
  run: ({ from = null, to = null, overwrite }, context) =>
    attempt(async () => {
      const target = localPath(to);
      return { path: target, ...(await copyTree(localPath(from), target, overwrite === true, context)) };
    }),
};
