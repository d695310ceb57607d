import { type Action, succeeded } from './action.ts';
import { numberOr } from './local/read-input.ts';
import { wait } from './wait.ts';

export const localSleep: Action = {
  name: 'local.sleep',
  description: 'Waits.',
  result: 'nothing',
  parameters: [{ name: 'seconds', required: true, types: ['number'], description: 'How long; fractions count.' }],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'windrose.actions.local.SleepAction',
  async run({ seconds = 0 }, { signal }) {
    await wait(Math.max(0, numberOr(seconds, 0)), signal);
    return succeeded(null);
  },
};
