import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../model/json.ts';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { localPath } from './local/local-path.ts';
import { matchesPattern } from './local/matches-pattern.ts';
import { numberOr, textOr } from './local/read-input.ts';

const LIMIT = 10_000;

export const localList: Action = {
  name: 'local.list',
  description: 'Lists what is in a folder, in the order of the names.',
  result: 'a list of name, path, type (file, folder, link or other), size in bytes and modified, in seconds since 1970',
  parameters: [
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "The folder; ~ is the person's own, and other paths begin there.",
    },
    {
      name: 'pattern',
      required: false,
      types: ['text'],
      description: 'What the names have to look like: * stands for anything, ? for one character.',
    },
    {
      name: 'recursive',
      required: false,
      types: ['boolean'],
      description: 'Whether the folders in it are listed too; links are not followed.',
    },
    {
      name: 'limit',
      required: false,
      types: ['number'],
      description: 'How many at most; 10000 unless told otherwise. More than that is a failure.',
    },
  ],
  isPure: false,
  reaches: ['files'],
  isSync: true,
  mistralClass: 'windrose.actions.local.ListAction',
  run: ({ path = null, pattern, recursive, limit }, { signal }) =>
    attempt(async () => {
      const most = numberOr(limit, LIMIT);
      const wanted = textOr(pattern, '*');
      const root = localPath(path);
      const entries: JsonObject[] = [];
      const look = async (folder: string): Promise<void> => {
        for await (const entry of await opendir(folder)) {
          signal.throwIfAborted();
          const full = join(folder, entry.name);
          if (matchesPattern(entry.name, wanted)) {
            if (entries.length >= most) throw new Error(`${root}: there are more than ${most}.`);
            entries.push(await describe(full, entry.name));
          }
          if (recursive === true && entry.isDirectory()) await look(full);
        }
      };
      await look(root);
      return entries.sort((a, b) => (String(a.path) < String(b.path) ? -1 : 1));
    }),
};

async function describe(path: string, name: string): Promise<JsonObject> {
  const found = await lstat(path);
  const kinds = { file: found.isFile(), folder: found.isDirectory(), link: found.isSymbolicLink() };
  const type = Object.entries(kinds).find(([, is]) => is)?.[0] ?? 'other';
  return { name, path, type, size: found.size, modified: Math.floor(found.mtimeMs / 1000) };
}
