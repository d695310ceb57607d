import { type Action, succeeded } from './action.ts';
import { secondsOf, wait } from './wait.ts';

export const stdEcho: Action = {
  name: 'std.echo',
  description: 'Gives back its output.',
  parameters: [
    { name: 'output', required: true, description: 'Any value.' },
    { name: 'delay', required: false, description: 'Seconds to wait before.' },
  ],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.EchoAction',
  run({ output = null, delay = 0 }, context) {
    const seconds = secondsOf(delay);
    return seconds > 0 ? wait(seconds, context.signal).then(() => succeeded(output)) : succeeded(output);
  },
};
