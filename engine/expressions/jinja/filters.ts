import { MISTRAL_FUNCTIONS } from '../mistral-functions.ts';
import { bind } from './callable.ts';
import type { Filter } from './filters/filter.ts';
import { HTML_FILTERS } from './filters/html-filters.ts';
import { NUMBER_FILTERS } from './filters/number-filters.ts';
import { SEQUENCE_FILTERS } from './filters/sequence-filters.ts';
import { TEXT_FILTERS } from './filters/text-filters.ts';
import { VALUE_FILTERS } from './filters/value-filters.ts';
import { parameterNames } from './mistral-names.ts';
import { makeTests } from './tests.ts';

/**
 * Mistral's functions are filters too, but what stands before the bar is taken for the context that they look into:
 * the arguments are those in the brackets.
 */
const MISTRAL_FILTERS = MISTRAL_FUNCTIONS.map((each): readonly [string, Filter] => [
  each.name,
  ({ scope }, _value, args) => each.run(scope, bind(`${each.name}_`, parameterNames(each), args)),
]);

export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ...HTML_FILTERS,
  ...NUMBER_FILTERS,
  ...SEQUENCE_FILTERS,
  ...TEXT_FILTERS,
  ...VALUE_FILTERS,
  ...MISTRAL_FILTERS,
]);

export const TESTS = makeTests((name) => FILTERS.has(name));
