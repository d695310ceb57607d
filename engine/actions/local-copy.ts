import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { copyTree, fromToParameters } from './local/copy-tree.ts';
import { localPath } from './local/local-path.ts';

export const localCopy: Action = {
  name: 'local.copy',
  description: 'Copies a file, or a folder with all that is in it. Each file is there wholly or not at all.',
  result: 'path, and the number of files and bytes that were copied',
  parameters: fromToParameters,
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
