import { type Action, succeeded } from './action.ts';

export const stdNoop: Action = {
  name: 'std.noop',
  description: 'Does nothing and succeeds.',
  parameters: [],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.NoOpAction',
  run: () => succeeded(null),
};
