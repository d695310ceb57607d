import { Float } from '../../model/json.ts';
import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { Bytes } from '../python/bytes.ts';
import { equals } from '../python/equality.ts';
import { isIterable } from '../python/iterate.ts';
import { keyOf } from '../python/key.ts';
import { toNumber } from '../python/numbers.ts';
import { asNumber, asText, calculate, isContained, isOrdered } from '../python/operators.ts';
import { Dict, isFloat, isInteger, isNumber, Markup, sequenceItems, typeName, type Value } from '../python/value.ts';
import { bind, type CallArguments, Callable, type ParameterName } from './callable.ts';
import type { Environment } from './environment.ts';
import { Loop } from './loop.ts';
import { isLower, isUpper } from './methods/string-methods.ts';
import { Range } from './range.ts';
import { defined, Undefined } from './undefined.ts';
import { str } from './values.ts';

export type Test = (environment: Environment, value: Value, args: CallArguments) => boolean;

function test(
  name: string,
  parameters: readonly ParameterName[],
  run: (value: Value, other: Value) => boolean,
): readonly [string, Test] {
  return [name, (_environment, value, args) => run(value, bind(name, parameters, args)[0] ?? null)];
}

/** The same test under several names; what is undefined is an error to it. */
function comparison(
  names: readonly string[],
  run: (a: Value, b: Value) => boolean,
): readonly (readonly [string, Test])[] {
  return names.map((name) => test(name, ['other'], (a, b) => run(defined(a), defined(b))));
}

/** NaN when the left one is a text, for which `%` is formatting. */
function remainder(value: Value, by: number | Value): number {
  return toNumber(asNumber(calculate('%', defined(value), by)) ?? new Float(Number.NaN));
}

function isSequence(value: Value): boolean {
  return (
    asText(value) !== null ||
    value instanceof Dict ||
    sequenceItems(value) !== null ||
    value instanceof Range ||
    value instanceof Bytes
  );
}

/** The text, once looking at each of its characters is paid for. */
function paid(text: string): string {
  spend(text.length >>> 3);
  return text;
}

const BUILT_IN: readonly (readonly [string, Test])[] = [
  test('odd', [], (value) => remainder(value, 2) === 1),
  test('even', [], (value) => remainder(value, 2) === 0),
  test('divisibleby', ['num'], (value, by) => remainder(value, by) === 0),
  test('defined', [], (value) => !(value instanceof Undefined)),
  test('undefined', [], (value) => value instanceof Undefined),
  test('none', [], (value) => value === null),
  test('boolean', [], (value) => typeof value === 'boolean'),
  test('false', [], (value) => value === false),
  test('true', [], (value) => value === true),
  test('integer', [], (value) => isInteger(value)),
  test('float', [], (value) => isFloat(value)),
  test('lower', [], (value) => isLower(paid(str(value)))),
  test('upper', [], (value) => isUpper(paid(str(value)))),
  test('string', [], (value) => asText(value) !== null),
  test('mapping', [], (value) => value instanceof Dict),
  test('number', [], (value) => isNumber(value) || typeof value === 'boolean'),
  test('sequence', [], isSequence),
  test('iterable', [], (value) => asText(defined(value)) !== null || isIterable(value)),
  test('callable', [], (value) => value instanceof Callable || value instanceof Loop || value instanceof Undefined),
  test(
    'sameas',
    ['other'],
    (value, other) =>
      value === other ||
      (isNumber(value) && isNumber(other) && typeName(value) === typeName(other) && equals(value, other)),
  ),
  test('escaped', [], (value) => value instanceof Markup),
  test('in', ['seq'], (value, container) => isContained(defined(value), defined(container))),
  ...comparison(['==', 'eq', 'equalto'], equals),
  ...comparison(['!=', 'ne'], (a, b) => !equals(a, b)),
  ...comparison(['>', 'gt', 'greaterthan'], (a, b) => isOrdered('>', a, b)),
  ...comparison(['>=', 'ge'], (a, b) => isOrdered('>=', a, b)),
  ...comparison(['<', 'lt', 'lessthan'], (a, b) => isOrdered('<', a, b)),
  ...comparison(['<=', 'le'], (a, b) => isOrdered('<=', a, b)),
];

function name(value: Value): string {
  const key = keyOf(defined(value));
  return typeof key === 'string' ? key : '';
}

/** @param isFilter whether there is a filter of that name */
export function makeTests(isFilter: (name: string) => boolean): ReadonlyMap<string, Test> {
  const tests = new Map(BUILT_IN);
  tests.set(...test('filter', [], (value) => isFilter(name(value))));
  tests.set(...test('test', [], (value) => tests.has(name(value))));
  return tests;
}

/** @throws ExpressionError: there is no such test */
export function noTest(name: string): never {
  throw new ExpressionError(`No test named '${name}'.`);
}
