import { ExpressionError } from '../expression-error.ts';
import { makeDict, setEntry } from '../python/dict.ts';
import type { Value } from '../python/value.ts';
import { type CallArguments, NativeFunction } from './callable.ts';
import { Cycler } from './cycler.ts';
import { pairs } from './methods/dict-methods.ts';
import { Namespace } from './namespace.ts';
import { Range } from './range.ts';
import { count, str } from './values.ts';

/** More than this Jinja2's sandbox does not allow. */
const LONGEST_RANGE = 100_000;

/** What every template finds without anybody giving it. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map([
  ['range', new NativeFunction('range', range)],
  ['dict', new NativeFunction('dict', dict, 'type')],
  ['namespace', new NativeFunction('namespace', namespace, 'type')],
  ['cycler', new NativeFunction('cycler', ({ positional }) => new Cycler(positional), 'type')],
  ['joiner', new NativeFunction('joiner', joiner, 'type')],
  ['lipsum', new NativeFunction('lipsum', lipsum)],
]);

function range({ positional }: CallArguments): Value {
  const [first = null, second, step = 1] = positional;
  if (positional.length === 0 || positional.length > 3) {
    throw new ExpressionError(`range expected 1 to 3 arguments, got ${positional.length}`);
  }
  if (count(step) === 0) throw new ExpressionError('range() arg 3 must not be zero');
  const result =
    second === undefined ? new Range(0, count(first), 1) : new Range(count(first), count(second), count(step));
  if (result.length > LONGEST_RANGE) {
    throw new ExpressionError(`Range too big. The sandbox blocks ranges larger than MAX_RANGE (${LONGEST_RANGE}).`);
  }
  return result;
}

function dict({ positional, named }: CallArguments): Value {
  const [source] = positional;
  if (positional.length > 1) {
    throw new ExpressionError(`dict expected at most 1 argument, got ${positional.length}`);
  }
  const result = makeDict(source === undefined ? [] : pairs(source), false);
  for (const [name, value] of named) setEntry(result.entries, name, value);
  return result;
}

function namespace(args: CallArguments): Value {
  const variables = new Map<string, Value>();
  const [source] = args.positional;
  for (const [name, value] of source === undefined ? [] : pairs(source)) variables.set(str(name), value);
  for (const [name, value] of args.named) variables.set(name, value);
  return new Namespace(variables);
}

function joiner({ positional, named }: CallArguments): Value {
  const separator = positional[0] ?? named.get('sep') ?? ', ';
  let used = false;
  return new NativeFunction('joiner', () => {
    const text = used ? separator : '';
    used = true;
    return text;
  });
}

function lipsum(): never {
  throw new ExpressionError('lipsum() makes up text to fill a page with, which has no place in a workflow.');
}
