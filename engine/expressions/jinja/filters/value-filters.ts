import { Dict, type Value } from '../../python/value.ts';
import { getAttribute } from '../access.ts';
import { Undefined, undefinedPart } from '../undefined.ts';
import { str, truth } from '../values.ts';
import { type Filters, filter } from './filter.ts';
import { prettyPrint } from './pretty-print.ts';

const DEFAULT = [
  ['default_value', ''],
  ['boolean', false],
] as const;

const withDefault = (value: Value, otherwise: Value, emptyToo: Value): Value =>
  value instanceof Undefined || (truth(emptyToo) && !truth(value)) ? otherwise : value;

export const VALUE_FILTERS: Filters = [
  filter('attr', ['name'], (_environment, value, name = null) => {
    const key = str(name);
    // Only attributes count here, not the items of a dictionary.
    const found = getAttribute(value instanceof Dict ? new Dict(new Map(), false) : value, key);
    if (!(found instanceof Undefined)) return value instanceof Dict ? getAttribute(value, key) : found;
    return key.startsWith('__') ? found : undefinedPart(value, key);
  }),
  filter('d', DEFAULT, (_environment, value, otherwise = '', emptyToo = false) =>
    withDefault(value, otherwise, emptyToo),
  ),
  filter('default', DEFAULT, (_environment, value, otherwise = '', emptyToo = false) =>
    withDefault(value, otherwise, emptyToo),
  ),
  filter('pprint', [], (_environment, value) => prettyPrint(value)),
];
