import { claimCharacters, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { repeatText, sliceText, strip, textLength } from '../../python/code-points.ts';
import { makeDict } from '../../python/dict.ts';
import { asText, calculate } from '../../python/operators.ts';
import { capitalize, replace, splitFromRight, splitLines } from '../../python/strings.ts';
import { Tuple, type Value } from '../../python/value.ts';
import { attributeGetter } from '../access.ts';
import { justify } from '../methods/string-methods.ts';
import { count, items, length, str, text, truth } from '../values.ts';
import { type Filters, filter } from './filter.ts';
import { wrapText } from './wrap-text.ts';

const WORD_START = /([-\s({[<]+)/;
const WORD = /[\p{L}\p{N}_]+/gu;

export const TEXT_FILTERS: Filters = [
  filter('capitalize', [], (_environment, value) => capitalize(str(value))),
  filter('center', [['width', 80]], (_environment, value, width = 80) =>
    justify(str(value), count(width), ' ', 'center'),
  ),
  [
    'format',
    (_environment, value, { positional, named }) => {
      if (positional.length > 0 && named.size > 0) {
        throw new ExpressionError("can't handle positional and keyword arguments at the same time");
      }
      return calculate('%', str(value), named.size > 0 ? makeDict(named, false) : new Tuple(positional));
    },
  ],
  filter(
    'indent',
    [
      ['width', 4],
      ['first', false],
      ['blank', false],
    ],
    (_environment, value, width = 4, first = false, blank = false) =>
      indent(text(value, 'splitlines'), asText(width) ?? repeatText(' ', count(width)), truth(first), truth(blank)),
  ),
  filter(
    'join',
    [
      ['d', ''],
      ['attribute', null],
    ],
    (_environment, value, separator = '', attribute = null) => {
      const get = attributeGetter(attribute);
      const parts = Array.from(items(value), (item) => {
        spend(2);
        return str(get(item));
      });
      claimCharacters(parts.reduce((sum, part) => sum + part.length + str(separator).length, 0));
      return parts.join(str(separator));
    },
  ),
  filter('lower', [], (_environment, value) => claimed(str(value)).toLowerCase()),
  filter('upper', [], (_environment, value) => claimed(str(value)).toUpperCase()),
  filter(
    'replace',
    ['old', 'new', ['count', null]],
    (_environment, value, old = null, replacement = null, limit = null) =>
      replace(str(value), str(old), str(replacement), limit === null ? -1 : count(limit)),
  ),
  filter('string', [], (_environment, value) => (asText(value) === null ? str(value) : value)),
  filter('title', [], (_environment, value) => {
    const source = str(value);
    spend(source.length * 3);
    return source.split(WORD_START).map(withCapital).join('');
  }),
  filter('trim', [['chars', null]], (_environment, value, chars = null) =>
    strip(str(value), chars === null ? null : text(chars, 'strip')),
  ),
  filter(
    'truncate',
    [
      ['length', 255],
      ['killwords', false],
      ['end', '...'],
      ['leeway', null],
    ],
    (_environment, value, limit = 255, killWords = false, end = '...', leeway = null) =>
      truncate(value, count(limit), truth(killWords), str(end), leeway === null ? 5 : count(leeway)),
  ),
  filter('wordcount', [], (_environment, value) => {
    const source = str(value);
    spend(source.length);
    return source.match(WORD)?.length ?? 0;
  }),
  filter(
    'wordwrap',
    [
      ['width', 79],
      ['break_long_words', true],
      ['wrapstring', null],
      ['break_on_hyphens', true],
    ],
    (_environment, value, width = 79, breakLongWords = true, wrapString = null, breakOnHyphens = true) => {
      const separator = wrapString === null ? '\n' : str(wrapString);
      const style = {
        width: count(width),
        breakLongWords: truth(breakLongWords),
        breakOnHyphens: truth(breakOnHyphens),
      };
      return splitLines(text(value, 'splitlines'), false)
        .map((line) => wrapText(line, style).join(separator))
        .join(separator);
    },
  ),
];

/** The text, once another one of its length is paid for. */
function claimed(source: string): string {
  claimCharacters(source.length);
  return source;
}

function indent(source: string, by: string, first: boolean, blank: boolean): string {
  const lines = splitLines(`${source}\n`, false);
  claimCharacters(source.length + lines.length * by.length);
  const rest = lines.slice(1).map((line) => (blank || line !== '' ? by + line : line));
  return (first ? by : '') + [lines[0] ?? '', ...rest].join('\n');
}

function truncate(value: Value, limit: number, killWords: boolean, end: string, leeway: number): Value {
  const room = limit - textLength(end);
  if (room < 0) throw new ExpressionError(`expected length >= ${textLength(end)}, got ${limit}`);
  if (leeway < 0) throw new ExpressionError(`expected leeway >= 0, got ${leeway}`);
  if (length(value) <= limit + leeway) return value;
  const start = sliceText(text(value, 'rsplit'), 0, room);
  return (killWords ? start : (splitFromRight(start, ' ', 1)[0] ?? '')) + end;
}

/** Unlike Python's own way of making titles: ß becomes SS. */
function withCapital(word: string): string {
  const [first = '', ...rest] = Array.from(word);
  return first.toUpperCase() + rest.join('').toLowerCase();
}
