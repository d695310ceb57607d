import { type Action, succeeded } from './action.ts';
import { secondsOf, wait } from './wait.ts';

export const stdSleep: Action = {
  name: 'std.sleep',
  description: 'Waits.',
  parameters: [{ name: 'seconds', required: false, description: 'How long; 1 unless told otherwise.' }],
  isPure: true,
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.SleepAction',
  async run({ seconds = 1 }, { signal }) {
    await wait(secondsOf(seconds), signal);
    return succeeded(null);
  },
};
