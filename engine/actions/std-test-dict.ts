import { toText } from '../expressions/python/text.ts';
import { fromEntries, type Json } from '../model/json.ts';
import { type Action, failed, succeeded } from './action.ts';

/** A larger dictionary would only fill the memory. */
const SIZE_LIMIT = 1_000_000;

export const stdTestDict: Action = {
  name: 'std.test_dict',
  description: 'Gives a dictionary of a given size.',
  parameters: [
    { name: 'size', required: false, description: 'How many keys; none unless told otherwise.' },
    { name: 'key_prefix', required: false, description: 'What the keys begin with.' },
    { name: 'val', required: false, description: 'The value of every key.' },
  ],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.TestDictAction',
  run({ size = 0, key_prefix: prefix = '', val = '' }) {
    if (typeof size !== 'number' || !Number.isInteger(size) || size > SIZE_LIMIT) {
      return failed(`std.test_dict: size must be a whole number up to ${SIZE_LIMIT}.`);
    }
    const start = toText(prefix);
    const keys = Array.from({ length: Math.max(size, 0) }, (_, i) => `${start}${i}`);
    return succeeded(fromEntries(keys.map((key): [string, Json] => [key, val])));
  },
};
