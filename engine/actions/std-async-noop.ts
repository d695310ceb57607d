import { type Action, succeeded } from './action.ts';

export const stdAsyncNoop: Action = {
  name: 'std.async_noop',
  description: 'Does nothing and waits until someone completes it from outside.',
  parameters: [],
  isPure: true,
  reaches: [],
  isSync: false,
  mistralClass: 'mistral.actions.std_actions.AsyncNoOpAction',
  run: () => succeeded(null),
};
