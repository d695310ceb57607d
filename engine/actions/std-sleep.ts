import { type Action, succeeded } from './action.ts';
import { secondsOf, wait } from './wait.ts';

export const stdSleep: Action = {
  name: 'std.sleep',
  description: 'Waits.',
  parameters: [
    { name: 'seconds', required: false, description: 'How long, in whole seconds; 1 unless told otherwise.' },
  ],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.SleepAction',
  async run({ seconds = 1 }, { signal }) {
    // A text has to be a whole number; of a number only the whole part counts. So does Python's int().
    const isFraction = typeof seconds === 'string' && !/^\s*\+?\d+\s*$/.test(seconds);
    await wait(isFraction ? 0 : Math.trunc(secondsOf(seconds)), signal);
    return succeeded(null);
  },
};
