import { stat } from 'node:fs/promises';
import type { Action } from './action.ts';
import { NO_DESKTOP } from './desktop.ts';
import { attempt } from './local/attempt.ts';
import { localPath } from './local/local-path.ts';

const ADDRESS = /^(https?:\/\/|mailto:)/i;

export const localOpen: Action = {
  name: 'local.open',
  description: 'Opens an address or a file with the program that the person has for it.',
  result: 'nothing',
  parameters: [
    {
      name: 'target',
      required: true,
      types: ['text'],
      description:
        "An address (http, https or mailto), or the path of a file or folder; ~ is the person's own folder, and other paths begin there.",
    },
  ],
  isPure: false,
  reaches: ['commands', 'files', 'network', 'person'],
  bounds: { seconds: 60 },
  isSync: true,
  mistralClass: 'windrose.actions.local.OpenAction',
  run: ({ target = '' }, { desktop }) =>
    attempt(async () => {
      if (desktop === null) throw new Error(NO_DESKTOP);
      const text = String(target);
      if (ADDRESS.test(text)) await desktop.openUrl(new URL(text).href);
      else if (/^[a-z][a-z\d+.-]+:\/\//i.test(text))
        throw new Error('Only http, https and mailto addresses are opened.');
      else {
        const path = localPath(target);
        await stat(path);
        await desktop.openFile(path);
      }
      return null;
    }),
};
