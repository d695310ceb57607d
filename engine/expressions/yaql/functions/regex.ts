import { spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { makeDict } from '../../python/dict.ts';
import { escapePattern, type Match, Pattern, patternOf } from '../../python/regex/pattern.ts';
import { List, type Value, ValueIterator } from '../../python/value.ts';
import type { ContextLambda } from '../call.ts';
import type { Context } from '../context.ts';
import { define } from '../function-definition.ts';
import { anything, boolean, contextLambda, nullable, optional, parameter, pattern, size, text } from '../parameters.ts';

const regexp = parameter('regexp', pattern);
const string = parameter('string', text);
const selector = optional('selector', nullable(contextLambda), null);
const maxSplit = optional('maxSplit', size, 0);
const count = optional('count', size, 0);
const repl = parameter('repl', text);
const replBy = parameter('repl', contextLambda);

export const REGEX = [
  define(
    'regex',
    'function',
    [
      parameter('pattern', text),
      optional('ignoreCase', nullable(boolean), false),
      optional('multiLine', nullable(boolean), false),
      optional('dotAll', nullable(boolean), false),
    ],
    (_call, source, ignoreCase, multiLine, dotAll) =>
      new Pattern(source, {
        ignoreCase: ignoreCase === true,
        multiLine: multiLine === true,
        dotAll: dotAll === true,
        ascii: false,
        verbose: false,
      }),
  ),
  define('matches', 'method', [regexp, string], (_call, finder, value) => finder.search(value) !== null),
  define('matches', 'method', [string, parameter('regexp', text)], (_call, value, source) => {
    return patternOf(source).search(value) !== null;
  }),
  define('search', 'method', [regexp, string, selector], (call, finder, value, select) => {
    const match = finder.search(value);
    if (match === null) return null;
    if (select === null) return match.group();
    const inner = call.context.child();
    publish(inner, finder, match);
    return select(inner);
  }),
  define('searchAll', 'method', [regexp, string, selector], (call, finder, value, select) => {
    return new ValueIterator(selections(call.context, finder, value, select));
  }),
  define('split', 'method', [regexp, string, maxSplit], (_call, finder, value, limit) => {
    return new List(finder.split(value, limit));
  }),
  define('split', 'method', [string, regexp, maxSplit], (_call, value, finder, limit) => {
    return new List(finder.split(value, limit));
  }),
  define('replace', 'method', [regexp, string, repl, count], (_call, finder, value, replacement, limit) =>
    finder.replace(value, replacement, limit),
  ),
  define('replace', 'method', [string, regexp, repl, count], (_call, value, finder, replacement, limit) =>
    finder.replace(value, replacement, limit),
  ),
  define('replaceBy', 'method', [regexp, string, replBy, count], (call, finder, value, replacement, limit) =>
    replaceBy(call.context, finder, value, replacement, limit),
  ),
  define('replaceBy', 'method', [string, regexp, replBy, count], (call, value, finder, replacement, limit) =>
    replaceBy(call.context, finder, value, replacement, limit),
  ),
  define('escapeRegex', 'function', [string], (_call, value) => escapePattern(value)),
  define('isRegex', 'function', [parameter('value', anything)], (_call, value) => value instanceof Pattern),
];

function* selections(context: Context, finder: Pattern, value: string, select: ContextLambda | null): Generator<Value> {
  for (const match of finder.findAll(value)) {
    if (select === null) {
      yield match.group();
      continue;
    }
    spend(10);
    const inner = context.child();
    publish(inner, finder, match);
    yield select(inner);
  }
}

function replaceBy(
  context: Context,
  finder: Pattern,
  value: string,
  replacement: ContextLambda,
  limit: number,
): string {
  return finder.replaceBy(
    value,
    (match) => {
      const inner = context.child();
      publish(inner, finder, match);
      const result = replacement(inner);
      if (typeof result !== 'string') throw new ExpressionError('replaceBy() wants texts to put in place of matches.');
      return result;
    },
    limit,
  );
}

/** Makes the match `$1` (which is `$`) and its groups `$2`, `$3`, ... */
function publish(context: Context, finder: Pattern, match: Match): void {
  // YAQL trips over them, so nobody can have used them.
  if (finder.names.size > 0) throw new ExpressionError('A pattern with named groups cannot be used with a selector.');
  context.set('$1', record(match, 0));
  for (const group of match.groups().keys()) context.set(`$${group + 2}`, record(match, group + 1));
}

function record(match: Match, group: number): Value {
  return makeDict(
    [
      ['value', match.group(group)],
      ['start', match.start(group)],
      ['end', match.end(group)],
    ],
    false,
  );
}
