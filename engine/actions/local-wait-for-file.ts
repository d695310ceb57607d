import { stat } from 'node:fs/promises';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { localPath } from './local/local-path.ts';
import { patienceParameters, waitUntil } from './local/wait-until.ts';

export const localWaitForFile: Action = {
  name: 'local.wait_for_file',
  description: 'Waits until a file or folder is there, or until it is gone.',
  result: 'path',
  parameters: [
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "Where; ~ is the person's own folder, and other paths begin there.",
    },
    { name: 'gone', required: false, types: ['boolean'], description: 'Whether it waits until it is gone.' },
    ...patienceParameters,
  ],
  isPure: false,
  reaches: ['files'],
  bounds: { seconds: null, onlyWaits: true },
  isSync: true,
  mistralClass: 'windrose.actions.local.WaitForFileAction',
  run: ({ path = null, gone, ...patience }, context) =>
    attempt(async () => {
      const file = localPath(path);
      const isWanted = gone !== true;
      return waitUntil(`${file} ${isWanted ? 'was not there' : 'was still there'}`, patience, context, async () => {
        const isThere = (await stat(file).catch(() => null)) !== null;
        return isThere === isWanted ? { path: file } : null;
      });
    }),
};
