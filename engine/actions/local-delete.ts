import { lstat, opendir, rmdir, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { isInside } from './local/copy-tree.ts';
import { localPath } from './local/local-path.ts';

export const localDelete: Action = {
  name: 'local.delete',
  description: 'Deletes a file or a link, or a folder with all that is in it. There is no way back.',
  result: 'deleted: whether there was something',
  parameters: [
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "What; ~ is the person's own folder, and other paths begin there.",
    },
    {
      name: 'recursive',
      required: false,
      types: ['boolean'],
      description: 'Whether a folder that is not empty is deleted too; no unless told otherwise.',
    },
    {
      name: 'missing_ok',
      required: false,
      types: ['boolean'],
      description: 'Whether it is no failure when it is not there.',
    },
  ],
  isPure: false,
  reaches: ['files'],
  isSync: true,
  mistralClass: 'windrose.actions.local.DeleteAction',
  run: ({ path = null, recursive, missing_ok: missingOk }, { signal }) =>
    attempt(async () => {
      const target = localPath(path);
      if (isInside(homedir(), target)) throw new Error(`${target}: a folder that holds everything is not deleted.`);
      const found = await lstat(target).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' && missingOk === true) return null;
        throw error;
      });
      if (found === null) return { deleted: false };
      await remove(target, found.isDirectory(), recursive === true, signal);
      return { deleted: true };
    }),
};

/** Links are deleted, never what they lead to. */
async function remove(path: string, isFolder: boolean, recursive: boolean, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!isFolder) {
    await unlink(path);
    return;
  }
  if (recursive) {
    for await (const entry of await opendir(path))
      await remove(join(path, entry.name), entry.isDirectory(), true, signal);
  }
  await rmdir(path);
}
