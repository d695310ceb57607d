import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { copyTree, fromToParameters, isInside } from './local/copy-tree.ts';
import { localPath } from './local/local-path.ts';

export const localMove: Action = {
  name: 'local.move',
  description: 'Moves or renames a file or a folder.',
  result: 'path: where it is now',
  parameters: fromToParameters,
  isPure: false,
  reaches: ['files'],
  isSync: true,
  mistralClass: 'windrose.actions.local.MoveAction',
  run: ({ from = null, to = null, overwrite }, context) =>
    attempt(async () => {
      const source = localPath(from);
      const target = localPath(to);
      const isThere = (await lstat(target).catch(() => null)) !== null;
      if (isThere && overwrite !== true) throw new Error(`${target}: it is there already.`);
      if (isInside(target, source)) throw new Error(`${target} is inside of ${source}.`);
      context.signal.throwIfAborted();
      await mkdir(dirname(target), { recursive: true });
      try {
        await rename(source, target);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
        // Another disk: what is there is taken away only when all of it has arrived.
        await copyTree(source, target, overwrite === true, context);
        context.signal.throwIfAborted();
        await rm(source, { recursive: true });
      }
      return { path: target };
    }),
};
