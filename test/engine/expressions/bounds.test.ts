import { describe, expect, test } from 'vitest';
import { LIMITS, withBudget } from '../../../engine/expressions/budget.ts';
import { evaluate } from '../../../engine/expressions/evaluate.ts';
import { ExpressionError } from '../../../engine/expressions/expression-error.ts';
import { oracleScope } from '../../conformance/expression-oracles.ts';

const scope = oracleScope({ x: 1, long: 'a'.repeat(1_000_000) });

const items = Array.from({ length: 100_000 }, (_, x) => ({ x, name: `n${x}`, tags: ['a', 'b'] }));
const many = oracleScope({ items, json: JSON.stringify(items) });

/** What is too slow is so with any budget: a small one is used up sooner. */
const LITTLE = LIMITS.steps / 10;

const TOO_LONG_TEXT = 'more than 10000000 characters';
const TOO_MANY_ITEMS = 'more than 1000000 items';
const TOO_LARGE_INTEGER = 'an integer that is too large';
const TOO_DEEP = 'nests too deeply';
const TOO_SLOW = 'takes too long';

/** What the expression's own error says; any other error is one of the test. */
function messageOf(text: string, units: number): string {
  const arrays = /\{[{%]/.test(text) ? 'list' : 'tuple';
  try {
    return `the value ${String(withBudget(arrays, (each) => evaluate(each, scope), text, units))}`;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

// A machine that does other things as well takes its time; what never ended would not end in a minute either.
describe('an expression that would never end or never fit', { timeout: 60_000 }, () => {
  test.each([
    ["<% 'a' * 1000000000 %>", TOO_LONG_TEXT],
    ["<% range(40).aggregate($1 + $1, 'aaaaaaaaaa') %>", TOO_LONG_TEXT],
    ["<% '{0:>100000000}'.format(1) %>", 'Too many decimal digits'],
    ["{{ 'a' * 1000000000 }}", TOO_LONG_TEXT],
    ["{{ '%1000000000d' % 1 }}", TOO_LONG_TEXT],
    ["{{ 'x' | center(1000000000) }}", TOO_LONG_TEXT],
    ["{{ 'a' | replace('', 'x' * 1000000) | replace('x', 'y' * 1000000) }}", TOO_LONG_TEXT],
    ['<% [1] * 100000000 %>', TOO_MANY_ITEMS],
    ['<% sequence().toList() %>', TOO_MANY_ITEMS],
    ['<% [1].cycle().toList() %>', TOO_MANY_ITEMS],
    ['{{ [0] * 2000000000 }}', TOO_MANY_ITEMS],
    ['{{ range(1000000000) }}', 'Range too big'],
    ['<% pow(10, 1000000000) %>', TOO_LARGE_INTEGER],
    ['<% shiftBitsLeft(1, 10000000000) %>', TOO_LARGE_INTEGER],
    ['{{ 10 ** 1000000000 }}', TOO_LARGE_INTEGER],
    ['<% def(f, f()) -> f() %>', TOO_DEEP],
    ['{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}', TOO_DEEP],
    ['<% range(1000).aggregate([$1], []) %>', TOO_DEEP],
    ['{% set l = [1] %}{% set x = l.append(l) %}{{ l }}', TOO_DEEP],
    [`<% ${'('.repeat(5000)}1${')'.repeat(5000)} %>`, TOO_DEEP],
    [`<% 1${'+1'.repeat(5000)} %>`, TOO_DEEP],
    [`{{ ${'['.repeat(5000)} }}`, TOO_DEEP],
    [`<% json_parse('${'['.repeat(5000)}') %>`, TOO_DEEP],
    [`<% ${'a'.repeat(200_000)} %>`, 'too long'],
    [`${'<% $.long %>'.repeat(20)}`, TOO_LONG_TEXT],
    ['<% 1 %> '.repeat(20_000), 'too long for so many expressions'],
    ['<% sequence().len() %>', TOO_SLOW],
    ["<% regex('(a+)+b').search('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac') %>", TOO_SLOW],
    ['<% range(100).aggregate([$1, $1], [1]) %>', TOO_SLOW],
    ['<% range(1000000).toSet() %>', TOO_SLOW],
    ['<% range(100).aggregate({a => $1, b => $1}) %>', TOO_SLOW],
    ['<% def(f, switch($ < 1 => 1, true => f($ - 1) + f($ - 1))) -> f(40) %>', TOO_SLOW],
    ['<% generateMany(1, [$, $]) %>', TOO_SLOW],
    // Little is done each time, but with much.
    ["<% let(s => 'ab' * 400000) -> range(1000000).select('c' in $s).last() %>", TOO_SLOW],
    ["<% let(s => 'ab' * 400000, t => 'ab' * 400000) -> range(1000000).select($s = $t).last() %>", TOO_SLOW],
    ["<% let(s => '\u{1f600}' * 100000) -> range(1000000).select($s.len()).last() %>", TOO_SLOW],
    [`<% let(s => '"' * 300000) -> range(1000).select(json_dump($s).len()).sum() %>`, TOO_SLOW],
    ["<% let(s => '- ' * 100000) -> yaml_parse($s) %>", TOO_SLOW],
    ['<% let(l => range(50000).toList()) -> range(1000000).select($l.reverse().first()).last() %>', TOO_SLOW],
    ['<% let(d => range(9999).toDict(str($))) -> range(1000000).select($d.keys().first()).last() %>', TOO_SLOW],
    ['<% pow(3, pow(3, 60000), pow(3, 60000) + 1) %>', TOO_SLOW],
    ['<% range(1000000).select(pow(2.5, 1.5)).last() %>', TOO_SLOW],
    ["<% range(1000000).select(now().format('%Y-%m-%d')).last() %>", TOO_SLOW],
    ["<% let(f => '%Y' * 1000) -> range(100000).select(now().format($f)).last() %>", TOO_SLOW],
    ['<% range(1000000).select(str(now())).last() %>', TOO_SLOW],
    ['<% range(1000000).select(now().year).last() %>', TOO_SLOW],
    ['<% range(1000000).toDict(str($)) %>', TOO_SLOW],
    ['<% range(1000000).select({a => $}).toList() %>', TOO_SLOW],
    ['<% range(1000000).groupBy(str($)) %>', TOO_SLOW],
    ['<% range(1000000).orderBy(str($)) %>', TOO_SLOW],
    ['<% range(1000000).zip(range(1000000)).toList() %>', TOO_SLOW],
    ['<% range(1000000).slice(1).toList() %>', TOO_SLOW],
    ['<% [1].cycle().take(1000000).toList() %>', TOO_SLOW],
    ['<% let(d => range(9999).toDict(str($))) -> range(1000000).select($d.set(a, 1)).last() %>', TOO_SLOW],
    ['<% let(d => range(9999).toDict(str($))) -> range(1000000).select({$d.set(a, 1) => 1}).last() %>', TOO_SLOW],
    ['<% let(d => range(9999).toDict(str($))) -> range(1000000).select($d.mergeWith({a => 1})).last() %>', TOO_SLOW],
    ['<% let(n => pow(3, 60000)) -> range(1000000).select({$n => 1}).last() %>', TOO_SLOW],
    ["<% let(s => '<' * 100000) -> range(1000000).select(regex('(?i)abc').search($s)).last() %>", TOO_SLOW],
    ["<% json_parse('[' + '{},' * 1000000 + '1]').len() %>", TOO_SLOW],
    ["<% let(s => '\u00e9' * 100000) -> range(1000).select(yaml_dump($s).len()).sum() %>", TOO_SLOW],
    ["{% for i in range(99999) %}{% set _ = '%.300e' % 1.7e300 %}{% endfor %}{{ 1 }}", TOO_SLOW],
    ["{% for i in range(99999) %}{% set _ = '{:,}'.format(10 ** 4000) %}{% endfor %}{{ 1 }}", TOO_SLOW],
    ["{% set s = '<' * 100000 %}{% for i in range(99999) %}{% set _ = s | escape %}{% endfor %}{{ 1 }}", TOO_SLOW],
    ['{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l }}', TOO_SLOW],
    [
      '{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l | pprint }}',
      TOO_SLOW,
    ],
    ["{{ '{:010000000,}'.format(1) }}", TOO_SLOW],
    ["<% range(100000).select(regex('(a)?' * 10).matches('')).last() %>", TOO_SLOW],
    [
      '{% set l = [1] * 50000 %}{% for i in range(99999) %}{% set _ = l.insert(0, l.pop()) %}{% endfor %}{{ 1 }}',
      TOO_SLOW,
    ],
    [
      '{% set d = {}.fromkeys(range(9999)) %}{% for i in range(99999) %}{% set _ = d.copy() %}{% endfor %}{{ 1 }}',
      TOO_SLOW,
    ],
    ["{% set s = 'ab ' * 30000 %}{% for i in range(99999) %}{% set _ = s.encode() %}{% endfor %}{{ 1 }}", TOO_SLOW],
    ["{% set s = '9' * 300000 %}{% for i in range(99999) %}{% set _ = s | int %}{% endfor %}{{ 1 }}", TOO_SLOW],
    ['{% for i in range(99999) %}{% set x = cycler(*range(9999)) %}{% endfor %}{{ 1 }}', TOO_SLOW],
    ['{{ [1] | tojson(1000000000) }}', TOO_LONG_TEXT],
    ['{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}{{ 1 }}', TOO_SLOW],
  ])('ends in an error that says so: %.60s', (text, reason) => {
    expect(messageOf(text, reason === TOO_SLOW ? LITTLE : LIMITS.steps)).toContain(reason);
  });

  test('is not one that writes a long text as YAML', () => {
    expect(evaluate("<% yaml_dump(' ' + 'x ' * 500000).len() %>", scope)).toBe(1_025_002);
  });

  test.each([
    ["<% let(s => 'a' * 1000000, t => 'a' * 250000 + 'b' + 'a' * 250000) -> $t in $s %>", false],
    ["<% let(s => 'a' * 1000000, t => 'a' * 500000 + 'b') -> $s.lastIndexOf($t) %>", -1],
    ["<% let(s => 'a' * 1000000 + 'b', t => 'a' * 500000 + 'b') -> $s.indexOf($t) %>", 500_000],
    ["<% let(s => 'b' + 'a' * 1000000, t => 'b' + 'a' * 500000) -> $s.lastIndexOf($t) %>", 0],
    ["<% let(s => 'b' + 'a' * 1000000, t => 'b' + 'a' * 500000) -> $s.replace($t, 'x').len() %>", 500_001],
  ])('is not one that looks for a long text in a longer one: %.60s', (text, value) => {
    expect(evaluate(text, scope)).toBe(value);
  });

  test.each([
    '<% $.items.select($.x).where($ > 0).len() %>',
    '<% $.items.orderBy(-$.x).select($.name).join(",").len() %>',
    '<% $.items.select({id => $.x, name => $.name, tags => $.tags}) %>',
    '<% $.items.select(format("{0}-{1}", $.name, $.x)).len() %>',
    '<% str($.items).len() %>',
    '<% $.items.groupBy($.x mod 100, $.name).select([$[0], $[1].len()]) %>',
    '<% $.items.toDict($.name, $.x) %>',
    '<% $.items.select($.name).distinct().orderBy($).toSet().len() %>',
    '<% json_parse($.json).len() %>',
    '{{ _["items"] | sort(attribute="x", reverse=true) | map(attribute="name") | join(",") | length }}',
    '{{ _["items"] | tojson | length }}',
    '{{ _["items"] | groupby("name") | length }}',
    '{% for i in _["items"] if i.x % 2 == 0 %}{{ i.name | upper }} {% endfor %}',
  ])('is not one that does honest work over 100,000 items: %s', (text) => {
    expect(evaluate(text, many)).toBeTruthy();
  });

  test('spoils nothing for the one after it', () => {
    expect(() => evaluate('<% def(f, f()) -> f() %>', scope)).toThrow(ExpressionError);
    expect(evaluate(`<% ${'('.repeat(300)}$.x${')'.repeat(300)} %>`, scope)).toBe(1);
  });

  test('is not one that only looks at a little of something endless', () => {
    expect(evaluate('<% sequence(1).where($ mod 7 = 0).first() %>', scope)).toBe(7);
    expect(evaluate('<% generate(1, true, $ * 2).take(5) %>', scope)).toEqual([1, 2, 4, 8, 16]);
  });
});
