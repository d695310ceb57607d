import { fromEntries, type Json } from '../model/json.ts';
import { type Action, succeeded } from './action.ts';

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
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.TestDictAction',
  checkInput({ size = 0 }) {
    const isSize = typeof size === 'number' && Number.isInteger(size) && size >= 0 && size <= SIZE_LIMIT;
    return isSize ? null : `std.test_dict: size must be a whole number from 0 to ${SIZE_LIMIT}.`;
  },
  run({ size = 0, key_prefix: prefix = '', val = '' }) {
    const keys = Array.from({ length: Number(size) }, (_, i) => `${String(prefix)}${i}`);
    return succeeded(fromEntries(keys.map((key): [string, Json] => [key, val])));
  },
};
