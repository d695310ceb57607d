import { claimItems, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { equals } from '../../python/equality.ts';
import { iterate, toArray } from '../../python/iterate.ts';
import { keyOf } from '../../python/key.ts';
import { add, type PythonNumber } from '../../python/numbers.ts';
import { repr } from '../../python/text.ts';
import { isTrue } from '../../python/truth.ts';
import { type Key, typeName, type Value, ValueIterator } from '../../python/value.ts';
import type { Lambda } from '../call.ts';
import { define } from '../function-definition.ts';
import {
  anything,
  boolean,
  index,
  integer,
  iterable,
  lambda,
  nullable,
  optional,
  parameter,
  size,
} from '../parameters.ts';
import { all } from './query-steps.ts';

export const GENERATORS = [
  define(
    'range',
    'function',
    [parameter('stop', index)],
    (_call, stop) => new ValueIterator(range(0, stop, 1), 'range_iterator'),
  ),
  define(
    'range',
    'function',
    [parameter('start', index), parameter('stop', index), optional('step', index, 1)],
    (_call, start, stop, step) => {
      if (step === 0) throw new ExpressionError('range() arg 3 must not be zero');
      return new ValueIterator(range(start, stop, step), 'range_iterator');
    },
  ),
  define(
    'sequence',
    'function',
    [optional('start', integer, 0), optional('step', integer, 1)],
    (_call, start, step) => {
      let next: PythonNumber = start;
      const counting = countFrom(start, step, (value) => {
        next = value;
      });
      const more = equals(step, 1) ? '' : `, ${repr(step)}`;
      return new ValueIterator(counting, 'itertools.count', () => `count(${repr(next)}${more})`);
    },
  ),
  define('repeat', 'method', [parameter('value', anything), optional('times', size, -1)], (_call, value, times) => {
    let left = times < 0 ? Number.POSITIVE_INFINITY : times;
    const rounds = repeat(value, left, () => {
      left--;
    });
    const shown = (): string => `repeat(${repr(value)}${times < 0 ? '' : `, ${left}`})`;
    return new ValueIterator(rounds, 'itertools.repeat', shown);
  }),
  define('cycle', 'method', [parameter('collection', iterable)], (_call, items) => {
    return new ValueIterator(cycle(all(items)), 'itertools.cycle');
  }),
  define(
    'generate',
    'function',
    [
      parameter('initial', anything),
      parameter('predicate', lambda),
      parameter('producer', lambda),
      optional('selector', nullable(lambda), null),
      optional('decycle', boolean, false),
    ],
    (_call, initial, predicate, producer, selector, decycle) =>
      new ValueIterator(generate(initial, predicate, producer, selector, decycle)),
  ),
  define(
    'generateMany',
    'function',
    [
      parameter('initial', anything),
      parameter('producer', lambda),
      optional('selector', nullable(lambda), null),
      optional('decycle', boolean, false),
      optional('depthFirst', boolean, false),
    ],
    (_call, initial, producer, selector, decycle, depthFirst) =>
      new ValueIterator(generateMany(initial, producer, selector, decycle, depthFirst)),
  ),
];

function* range(start: number, stop: number, step: number): Generator<Value> {
  for (let value = start; step > 0 ? value < stop : value > stop; value += step) yield value;
}

function* countFrom(start: PythonNumber, step: PythonNumber, advance: (next: PythonNumber) => void): Generator<Value> {
  for (let value = start; ; ) {
    const current = value;
    value = add(value, step);
    advance(value);
    yield current;
  }
}

function* repeat(value: Value, times: number, advance: () => void): Generator<Value> {
  for (let round = 0; round < times; round++) {
    advance();
    yield value;
  }
}

function* cycle(items: Iterable<Value>): Generator<Value> {
  const kept: Value[] = [];
  for (const item of items) {
    kept.push(item);
    yield item;
  }
  while (kept.length > 0) {
    for (const item of kept) {
      spend(1);
      yield item;
    }
  }
}

function* generate(
  initial: Value,
  predicate: Lambda,
  producer: Lambda,
  selector: Lambda | null,
  decycle: boolean,
): Generator<Value> {
  const past = new Set<Key>();
  for (let value = initial; isTrue(predicate(value)); value = producer(value)) {
    if (decycle) {
      const key = keyOf(value);
      if (past.has(key)) return;
      past.add(key);
    }
    yield selector === null ? value : selector(value);
  }
}

function* generateMany(
  initial: Value,
  producer: Lambda,
  selector: Lambda | null,
  decycle: boolean,
  depthFirst: boolean,
): Generator<Value> {
  const past = new Set<Key>();
  // The next one is at the end; what waits for the next level is in order.
  const waiting: Value[] = [initial];
  let later: Value[] = [];
  for (;;) {
    if (waiting.length === 0) {
      for (const child of later.reverse()) waiting.push(child);
      later = [];
    }
    const value = waiting.pop();
    if (value === undefined) return;
    spend(1);
    if (decycle) {
      const key = keyOf(value);
      if (past.has(key)) continue;
      past.add(key);
    }
    yield selector === null ? value : selector(value);
    const children = producer(value);
    const produced = toArray(iterate(children) ?? notIterable(children));
    claimItems(waiting.length + later.length + produced.length);
    if (depthFirst) for (const child of produced.reverse()) waiting.push(child);
    else for (const child of produced) later.push(child);
  }
}

function notIterable(value: Value): never {
  throw new ExpressionError(`'${typeName(value)}' object is not iterable`);
}
