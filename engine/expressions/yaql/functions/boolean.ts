import { isTrue } from '../../python/truth.ts';
import { define } from '../function-definition.ts';
import { anything, parameter } from '../parameters.ts';

export const BOOLEAN = [
  define('bool', 'function', [parameter('value', anything)], (_call, value) => isTrue(value)),
  define('isBoolean', 'function', [parameter('value', anything)], (_call, value) => typeof value === 'boolean'),
];
