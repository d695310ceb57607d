import { claimCharacters, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { encodeText } from '../../python/bytes.ts';
import { repeatText, sliceText, strip, textLength } from '../../python/code-points.ts';
import { dictEntries, dictGet, makeDict } from '../../python/dict.ts';
import { indexOfText, lastIndexOfText } from '../../python/find-text.ts';
import { formatText } from '../../python/format.ts';
import { asText } from '../../python/operators.ts';
import {
  capitalize,
  characters,
  clampRange,
  cutAt,
  find,
  replace,
  split,
  splitFromRight,
  splitLines,
  swapCase,
  titleCase,
} from '../../python/strings.ts';
import { isDict, isTuple, List, sequenceItems, Tuple, typeName, type Value } from '../../python/value.ts';
import type { CallArguments } from '../callable.ts';
import { count, items, truth } from '../values.ts';
import { type Method, type Methods, method } from './method.ts';

type Entry = readonly [string, Method<string>];

function text(value: Value): string {
  const result = asText(value);
  if (result === null) throw new ExpressionError(`argument must be str, not ${typeName(value)}`);
  return result;
}

function textOrNull(value: Value): string | null {
  return value === null ? null : text(value);
}

const optional = (name: string): readonly [string, Value] => [name, null];

function test(name: string, run: (value: string) => boolean): Entry {
  return method<string>(name, [], (value) => {
    spend(value.length >>> 2);
    return run(value);
  });
}

/** Whether there are characters, and all of them are of a kind. */
function every(name: string, pattern: RegExp): Entry {
  return test(name, (value) => value !== '' && characters(value).every((each) => pattern.test(each)));
}

function stripping(name: string, side: 'left' | 'right' | 'both'): Entry {
  return method<string>(name, [optional('chars')], (value, chars = null) => strip(value, textOrNull(chars), side));
}

function finding(name: string, fromRight: boolean, mustFind: boolean): Entry {
  return method<string>(name, ['sub', ['start', 0], optional('end')], (value, part = null, start = 0, end = null) => {
    const place = find(
      value,
      text(part),
      start === null ? 0 : count(start),
      end === null ? null : count(end),
      fromRight,
    );
    if (place === -1 && mustFind) throw new ExpressionError('substring not found');
    return place;
  });
}

function affix(name: string, has: (value: string, part: string) => boolean): Entry {
  return method<string>(
    name,
    ['prefix', ['start', 0], optional('end')],
    (value, parts = null, start = 0, end = null) => {
      const [from, to] = clampRange(
        start === null ? 0 : count(start),
        end === null ? null : count(end),
        textLength(value),
      );
      const slice = sliceText(value, from, to);
      const candidates = isTuple(parts) ? (sequenceItems(parts) ?? []) : [parts];
      return from <= textLength(value) && candidates.some((part) => has(slice, text(part)));
    },
  );
}

function justifying(name: string, place: 'left' | 'right' | 'center'): Entry {
  return method<string>(name, ['width', ['fillchar', ' ']], (value, width = null, fill = ' ') =>
    justify(value, count(width), text(fill), place),
  );
}

export function justify(value: string, width: number, fill: string, place: 'left' | 'right' | 'center'): string {
  if (textLength(fill) !== 1) throw new ExpressionError('The fill character must be exactly one character long');
  const missing = width - textLength(value);
  if (missing <= 0) return value;
  if (place === 'left') return value + repeatText(fill, missing);
  if (place === 'right') return repeatText(fill, missing) + value;
  // An odd space more goes to the left when the width is odd.
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return repeatText(fill, left) + value + repeatText(fill, missing - left);
}

function splitting(name: string, cut: (value: string, separator: string | null, limit: number) => string[]): Entry {
  return method<string>(name, [optional('sep'), ['maxsplit', -1]], (value, separator = null, limit = -1) => {
    return new List(cut(value, textOrNull(separator), count(limit)));
  });
}

function partitioning(name: string, fromRight: boolean): Entry {
  return method<string>(name, ['sep'], (value, separator = null) => {
    const by = text(separator);
    if (by === '') throw new ExpressionError('empty separator');
    const place = fromRight ? lastIndexOfText(value, by) : indexOfText(value, by);
    if (place === -1) return new Tuple(fromRight ? ['', '', value] : [value, '', '']);
    return new Tuple([value.slice(0, place), by, value.slice(place + by.length)]);
  });
}

export const STRING_METHODS: Methods<string> = new Map<string, Method<string>>([
  method<string>('capitalize', [], capitalize),
  method<string>('casefold', [], (value) => value.toLowerCase().replaceAll('ß', 'ss')),
  method<string>(
    'encode',
    [
      ['encoding', 'utf-8'],
      ['errors', 'strict'],
    ],
    (value, encoding = 'utf-8', errors = 'strict') => encodeText(value, text(encoding), text(errors)),
  ),
  method<string>('maketrans', ['x', optional('y'), optional('z')], (_value, from = null, to = null, without = null) =>
    translationTable(from, textOrNull(to), textOrNull(without)),
  ),
  method<string>('translate', ['table'], (value, table = null) => translate(value, table)),
  justifying('center', 'center'),
  justifying('ljust', 'left'),
  justifying('rjust', 'right'),
  method<string>('count', ['sub', ['start', 0], optional('end')], (value, part = null, start = 0, end = null) => {
    const [from, to] = clampRange(count(start), end === null ? null : count(end), textLength(value));
    if (to < from) return 0;
    const slice = sliceText(value, from, to);
    return text(part) === '' ? textLength(slice) + 1 : cutAt(slice, text(part)).length - 1;
  }),
  affix('startswith', (value, part) => value.startsWith(part)),
  affix('endswith', (value, part) => value.endsWith(part)),
  method<string>('expandtabs', [['tabsize', 8]], (value, size = 8) => expandTabs(value, count(size))),
  finding('find', false, false),
  finding('rfind', true, false),
  finding('index', false, true),
  finding('rindex', true, true),
  ['format', (value: string, { positional, named }: CallArguments) => formatText(value, positional, named)],
  method<string>('format_map', ['mapping'], (value, mapping = null) => {
    if (!isDict(mapping)) throw new ExpressionError('format_map() wants a dictionary');
    return formatText(value, [], new Map(dictEntries(mapping).map(([key, each]) => [String(key), each] as const)));
  }),
  every('isalnum', /^[\p{L}\p{N}]$/u),
  every('isalpha', /^\p{L}$/u),
  every('isdecimal', /^\p{Nd}$/u),
  every('isdigit', /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]$/u),
  every('isnumeric', /^\p{N}$/u),
  every('isspace', /^\s$/u),
  test('isascii', (value) => /^\p{ASCII}*$/u.test(value)),
  test('isidentifier', (value) => /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(value)),
  test('islower', isLower),
  test('isupper', isUpper),
  test('isprintable', (value) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(value) && !/(?! )\p{Zs}/u.test(value)),
  test('istitle', (value) => /\p{L}/u.test(value) && titleCase(value) === value),
  method<string>('join', ['iterable'], (value, parts = null) => {
    const texts = Array.from(items(parts), (part, index) => {
      const each = asText(part);
      if (each === null) {
        throw new ExpressionError(`sequence item ${index}: expected str instance, ${typeName(part)} found`);
      }
      return each;
    });
    claimCharacters(texts.reduce((sum, each) => sum + each.length + value.length, 0));
    return texts.join(value);
  }),
  method<string>('lower', [], (value) => {
    claimCharacters(value.length);
    return value.toLowerCase();
  }),
  method<string>('upper', [], (value) => {
    claimCharacters(value.length);
    return value.toUpperCase();
  }),
  method<string>('swapcase', [], swapCase),
  method<string>('title', [], titleCase),
  stripping('lstrip', 'left'),
  stripping('rstrip', 'right'),
  stripping('strip', 'both'),
  partitioning('partition', false),
  partitioning('rpartition', true),
  method<string>('removeprefix', ['prefix'], (value, prefix = null) =>
    value.startsWith(text(prefix)) ? value.slice(text(prefix).length) : value,
  ),
  method<string>('removesuffix', ['suffix'], (value, suffix = null) =>
    text(suffix) !== '' && value.endsWith(text(suffix)) ? value.slice(0, -text(suffix).length) : value,
  ),
  method<string>('replace', ['old', 'new', ['count', -1]], (value, old = null, replacement = null, limit = -1) =>
    replace(value, text(old), text(replacement), count(limit)),
  ),
  splitting('split', split),
  splitting('rsplit', splitFromRight),
  method<string>('splitlines', [['keepends', false]], (value, keep = false) => {
    return new List([...splitLines(value, truth(keep))]);
  }),
  method<string>('zfill', ['width'], (value, width = null) => {
    const [sign = '', rest = ''] = /^[+-]/.test(value) ? [value.slice(0, 1), value.slice(1)] : ['', value];
    return sign + repeatText('0', count(width) - textLength(value)) + rest;
  }),
]);

/** Whether there are letters with case, and none of them is a capital one. */
export function isLower(value: string): boolean {
  return value.toLowerCase() === value && value.toUpperCase() !== value;
}

export function isUpper(value: string): boolean {
  return value.toUpperCase() === value && value.toLowerCase() !== value;
}

function expandTabs(value: string, size: number): string {
  spend(value.length * 2);
  let column = 0;
  let result = '';
  for (const character of value) {
    if (character === '\t') {
      const spaces = size > 0 ? size - (column % size) : 0;
      result += repeatText(' ', spaces);
      column += spaces;
    } else {
      result += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  claimCharacters(result.length);
  return result;
}

/** What `translate` wants, made of two texts of one length and the characters to leave out, or of a dictionary. */
function translationTable(from: Value, to: string | null, without: string | null): Value {
  const code = (character: string): number => character.codePointAt(0) ?? 0;
  if (to === null) {
    if (!isDict(from)) throw new ExpressionError('if you give only one argument to maketrans it must be a dict');
    const entries = dictEntries(from).map(([key, each]) => {
      const character = asText(key);
      if (character !== null && textLength(character) !== 1) {
        throw new ExpressionError('string keys in translate table must be of length 1');
      }
      return [character === null ? key : code(character), each] as const;
    });
    return makeDict(entries, false);
  }
  const olds = characters(text(from));
  const news = characters(to);
  if (olds.length !== news.length) {
    throw new ExpressionError('the first two maketrans arguments must have equal length');
  }
  const pairs = olds.map((old, place) => [code(old), code(news[place] ?? '')] as const);
  const gone = characters(without ?? '').map((each) => [code(each), null] as const);
  return makeDict([...pairs, ...gone], false);
}

/** Puts in place of characters what a dictionary has for their code points; null takes them away. */
function translate(value: string, table: Value): string {
  if (!isDict(table)) throw new ExpressionError(`'${typeName(table)}' object is not a table of characters`);
  const translated = characters(value).map((character) => {
    const found = dictGet(table, character.codePointAt(0) ?? 0);
    if (found === undefined) return character;
    if (typeof found === 'number' && found >= 0 && found <= 0x10ffff) return String.fromCodePoint(found);
    return found === null ? '' : text(found);
  });
  claimCharacters(translated.reduce((sum, each) => sum + each.length, 0));
  return translated.join('');
}
