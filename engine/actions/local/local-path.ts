import { homedir } from 'node:os';
import path from 'node:path';
import type { Json } from '../../model/json.ts';

/**
 * The absolute path that a person means: `~` is their own folder, and what is no absolute path begins there.
 *
 * @throws Error with a sentence
 */
export function localPath(value: Json): string {
  if (typeof value !== 'string' || value === '') throw new Error('A path must be a text that is not empty.');
  if (value.includes('\0')) throw new Error('A path cannot have a null character.');
  return path.resolve(homedir(), value.replace(/^~(?=$|[/\\])/, '.'));
}
