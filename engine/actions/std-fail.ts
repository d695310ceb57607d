import { isTrue } from '../expressions/python/truth.ts';
import { type Action, failed } from './action.ts';

export const stdFail: Action = {
  name: 'std.fail',
  description: 'Always fails.',
  parameters: [{ name: 'error_data', required: false, description: 'What the failure says; any value.' }],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.FailAction',
  run({ error_data: data = null }) {
    return failed(isTrue(data) ? data : 'Fail action expected exception.');
  },
};
