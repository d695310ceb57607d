import { lstat, mkdir, opendir, readlink, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Action, ActionContext } from '../action.ts';
import { openRegularFile } from './regular-file.ts';
import { replaceFile } from './replace-file.ts';

/** What is taken where, as copying and moving both ask it. */
export const fromToParameters: Action['parameters'] = [
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
];

/** Bytes that are copied in one go. */
const CHUNK = 1024 * 1024;

export interface Copied {
  readonly files: number;
  readonly size: number;
}

/**
 * Copies a file, a link or a folder with all that is in it. Links are copied as links. What is neither, such as a pipe, is
 * left out.
 *
 * @throws the signal's reason once it is aborted; files are whole or not there
 */
export async function copyTree(from: string, to: string, overwrite: boolean, context: ActionContext): Promise<Copied> {
  if (isInside(to, from)) throw new Error(`${to} is inside of ${from}: a folder cannot be copied into itself.`);
  let files = 0;
  let size = 0;
  const copyOne = async (source: string, target: string): Promise<void> => {
    context.signal.throwIfAborted();
    const found = await lstat(source);
    if (found.isDirectory()) {
      await mkdir(target, { recursive: true });
      for await (const { name } of await opendir(source))
        await copyOne(path.join(source, name), path.join(target, name));
    } else if (found.isSymbolicLink()) {
      if (overwrite) await rm(target, { force: true });
      await symlink(await readlink(source), target);
      files++;
    } else if (found.isFile()) {
      const before = size;
      await copyFile(source, target, { overwrite, mode: found.mode }, context, (done, all) => {
        size = before + done;
        context.progress(files === 0 && all > 0 ? done / all : null, `${files} files, ${size} bytes`);
      });
      files++;
    }
  };
  await copyOne(from, to);
  return { files, size };
}

/** Whether a path is the other one or below it. */
export function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative));
}

async function copyFile(
  from: string,
  to: string,
  options: { readonly overwrite: boolean; readonly mode: number },
  { signal }: ActionContext,
  copied: (done: number, all: number) => void,
): Promise<void> {
  const { file: source, size } = await openRegularFile(from);
  try {
    await replaceFile(to, { ...options, signal }, async (target) => {
      const buffer = Buffer.alloc(CHUNK);
      let done = 0;
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await source.read(buffer, 0, CHUNK);
        if (bytesRead === 0) break;
        await target.writeFile(buffer.subarray(0, bytesRead));
        done += bytesRead;
        copied(done, size);
      }
    });
  } finally {
    await source.close();
  }
}
