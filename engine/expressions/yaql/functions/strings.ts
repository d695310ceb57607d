import { claimCharacters, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { sliceText, strip, textLength } from '../../python/code-points.ts';
import { dictEntries } from '../../python/dict.ts';
import { formatText } from '../../python/format.ts';
import { bitLength, isFloatNumber, toBigInt } from '../../python/numbers.ts';
import { characters, clampRange, find, replace, split, splitFromRight } from '../../python/strings.ts';
import { toText } from '../../python/text.ts';
import { List, Tuple, type Value } from '../../python/value.ts';
import { define, defineWithRest } from '../function-definition.ts';
import {
  anything,
  boolean,
  dict,
  index,
  iterable,
  nullable,
  number,
  optional,
  parameter,
  size,
  text,
} from '../parameters.ts';
import { all } from './query-steps.ts';

const string = parameter('string', text);
const chars = optional('chars', nullable(text), null);
const separator = optional('separator', nullable(text), null);
const maxSplits = optional('maxSplits', size, -1);
const sub = parameter('sub', text);
const length = parameter('length', index);

export const STRINGS = [
  define('len', 'both', [string], (_call, value) => textLength(value)),
  define('toUpper', 'method', [string], (_call, value) => {
    claimCharacters(value.length);
    return value.toUpperCase();
  }),
  define('toLower', 'method', [string], (_call, value) => {
    claimCharacters(value.length);
    return value.toLowerCase();
  }),
  define('split', 'method', [string, separator, maxSplits], (_call, value, at, limit) => {
    return new List(split(value, at, limit));
  }),
  define('rightSplit', 'method', [string, separator, maxSplits], (_call, value, at, limit) => {
    return new List(splitFromRight(value, at, limit));
  }),
  define('join', 'method', [parameter('sequence', iterable), parameter('separator', text)], (_call, items, between) =>
    join(items, between),
  ),
  define('join', 'method', [parameter('separator', text), parameter('sequence', iterable)], (_call, between, items) =>
    join(items, between),
  ),
  define('str', 'function', [parameter('value', anything)], (_call, value) => yaqlText(value)),
  defineWithRest('concat', 'function', [], text, (_call, _args, parts) => {
    claimCharacters(parts.reduce((sum, part) => sum + part.length, 0));
    return parts.join('');
  }),
  define('trim', 'method', [string, chars], (_call, value, set) => strip(value, set)),
  define('trimLeft', 'method', [string, chars], (_call, value, set) => strip(value, set, 'left')),
  define('trimRight', 'method', [string, chars], (_call, value, set) => strip(value, set, 'right')),
  define('norm', 'both', [parameter('string', nullable(text)), chars], (_call, value, set) =>
    value === null ? null : strip(value, set) || null,
  ),
  define(
    'isEmpty',
    'both',
    [parameter('string', nullable(text)), optional('trim', boolean, true), chars],
    (_call, value, trim, set) => value === null || (trim ? strip(value, set) : value) === '',
  ),
  define(
    'replace',
    'method',
    [string, parameter('old', text), parameter('new', text), optional('count', index, -1)],
    (_call, value, old, replacement, count) => replace(value, old, replacement, count),
  ),
  define(
    'replace',
    'method',
    [string, parameter('replacements', dict), optional('count', index, -1)],
    (_call, value, replacements, count) =>
      dictEntries(replacements).reduce(
        (result, [old, replacement]) => replace(result, yaqlText(old), yaqlText(replacement), count),
        value,
      ),
  ),
  define(
    'substring',
    'method',
    [string, parameter('start', index), optional('length', index, -1)],
    (_call, value, start, count) => {
      const total = textLength(value);
      const first = start < 0 ? start + total : start;
      const [from, to] = clampRange(first, first + (count < 0 ? total : count), total);
      return sliceText(value, from, to);
    },
  ),
  define('indexOf', 'method', [string, sub, optional('start', index, 0)], (_call, value, part, start) =>
    find(value, part, start, null),
  ),
  define('indexOf', 'method', [string, sub, parameter('start', index), length], (_call, value, part, start, count) => {
    const [from, to] = span(value, start, count);
    return find(value, part, from, to);
  }),
  define('lastIndexOf', 'method', [string, sub, optional('start', index, 0)], (_call, value, part, start) =>
    find(value, part, start, null, true),
  ),
  define(
    'lastIndexOf',
    'method',
    [string, sub, parameter('start', index), length],
    (_call, value, part, start, count) => {
      const [from, to] = span(value, start, count);
      return find(value, part, from, to, true);
    },
  ),
  define('toCharArray', 'method', [string], (_call, value) => new Tuple(characters(value))),
  define(
    'characters',
    'function',
    [
      optional('digits', nullable(boolean), false),
      optional('hexdigits', nullable(boolean), false),
      optional('asciiLowercase', nullable(boolean), false),
      optional('asciiUppercase', nullable(boolean), false),
      optional('asciiLetters', nullable(boolean), false),
      optional('letters', nullable(boolean), false),
      optional('octdigits', nullable(boolean), false),
      optional('punctuation', nullable(boolean), false),
      optional('printable', nullable(boolean), false),
      optional('lowercase', nullable(boolean), false),
      optional('uppercase', nullable(boolean), false),
      optional('whitespace', nullable(boolean), false),
    ],
    (_call, ...wanted) => characterSet(wanted),
  ),
  define('isString', 'function', [parameter('arg', anything)], (_call, value) => typeof value === 'string'),
  defineWithRest('startsWith', 'method', [string], text, (_call, [value], prefixes) =>
    prefixes.some((prefix) => value.startsWith(prefix)),
  ),
  defineWithRest('endsWith', 'method', [string], text, (_call, [value], suffixes) =>
    suffixes.some((suffix) => value.endsWith(suffix)),
  ),
  define('hex', 'function', [parameter('num', nullable(number))], (_call, value) => {
    if (value === null || isFloatNumber(value)) {
      throw new ExpressionError(
        `'${value === null ? 'NoneType' : 'float'}' object cannot be interpreted as an integer`,
      );
    }
    const integer = toBigInt(value);
    spend(bitLength(integer) >>> 4);
    return integer < 0n ? `-0x${(-integer).toString(16)}` : `0x${integer.toString(16)}`;
  }),
  defineWithRest(
    'format',
    'both',
    [parameter('__format_string', text)],
    anything,
    (_call, [template], args, named) => formatText(template, args, named),
    { takesNamed: true },
  ),
];

/** YAQL's own `str`: Python's, but null, true and false are written as YAQL writes them. */
function yaqlText(value: Value): string {
  return value === null || typeof value === 'boolean' ? String(value) : toText(value);
}

function join(items: Value, separator: string): string {
  const parts = Array.from(all(items), (item) => {
    spend(2);
    return yaqlText(item);
  });
  claimCharacters(parts.reduce((sum, part) => sum + part.length + separator.length, 0));
  return parts.join(separator);
}

function span(value: string, start: number, length: number): readonly [from: number, to: number] {
  const total = textLength(value);
  const from = start < 0 ? start + total : start;
  return [from, from + (length < 0 ? total - from : length)];
}

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const UPPERCASE = LOWERCASE.toUpperCase();
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const WHITESPACE = ' \t\n\r\v\f';
/** In the order of the parameters; null is what Python no longer has. */
const SETS: readonly (readonly [name: string, characters: string | null])[] = [
  ['digits', DIGITS],
  ['hexdigits', `${DIGITS}abcdefABCDEF`],
  ['ascii_lowercase', LOWERCASE],
  ['ascii_uppercase', UPPERCASE],
  ['ascii_letters', LOWERCASE + UPPERCASE],
  ['letters', null],
  ['octdigits', '01234567'],
  ['punctuation', PUNCTUATION],
  ['printable', DIGITS + LOWERCASE + UPPERCASE + PUNCTUATION + WHITESPACE],
  ['lowercase', null],
  ['uppercase', null],
  ['whitespace', WHITESPACE],
];

function characterSet(wanted: readonly (boolean | null)[]): Tuple {
  const chosen = SETS.filter((_set, place) => wanted[place] === true).map(([name, set]) => {
    if (set === null) throw new ExpressionError(`module 'string' has no attribute '${name}'`);
    return set;
  });
  return new Tuple([...new Set(chosen.join(''))]);
}
