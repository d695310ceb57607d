import type { ActionResult } from '../../model/commands.ts';
import type { Json } from '../../model/json.ts';
import { failed, succeeded } from '../action.ts';

/** What came of a piece of work; what the system refuses is said in a sentence. */
export async function attempt(work: () => Promise<Json>): Promise<ActionResult> {
  try {
    return succeeded(await work());
  } catch (error) {
    return failed(sentenceOf(error));
  }
}

/** What the system said, with the path that it was about. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, dest, message } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const where = [path, dest].filter((each) => each !== undefined).join(' or ');
  const words = code === undefined ? undefined : REASONS[code];
  return words === undefined || where === '' ? message : `${where}: ${words}.`;
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this is not allowed',
  EPERM: 'this is not allowed',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'it is there already',
  ENOTEMPTY: 'the folder is not empty',
  ENOSPC: 'there is no room left on the disk',
  EROFS: 'nothing can be written there',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ETXTBSY: 'it is a program that is running',
};
