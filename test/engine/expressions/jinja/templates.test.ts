import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../engine/expressions/evaluate.ts';
import type { Json } from '../../../../engine/model/json.ts';
import { oracleScope } from '../../../conformance/expression-oracles.ts';

const data = {
  l: [3, 1, 2],
  d: { x: 1, items: 'own' },
  people: [
    { n: 'Bo', a: 3 },
    { n: 'al', a: 3 },
  ],
  nothing: null,
};
const run = (text: string): Json => evaluate(text, oracleScope(data));

describe('a Jinja2 template', () => {
  test.each([
    ['{% for x in _.l if x > 1 %}{{ loop.index }}:{{ x }}{{ "," if not loop.last }}{% else %}-{% endfor %}', '1:3,2:2'],
    ['{% set n = namespace(sum=0) %}{% for x in _.l %}{% set n.sum = n.sum + x %}{% endfor %}{{ n.sum }}', '6'],
    ['{% set x = 1 %}{% for y in _.l %}{% set x = x + 1 %}{% endfor %}{{ x }}', '1'],
    [
      '{% macro m(a, b=2) %}[{{ a }}{{ b }}{{ "c" if caller is defined }}]{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}',
      '[12][13]',
    ],
    ['{% macro m() %}<{{ caller(5) }}>{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}{{ "" }}', '<5>'],
    [
      '{% for x in [1, [2, [3]]] recursive %}{% if x is number %}{{ x }}{% else %}({{ loop(x) }}){% endif %}{% endfor %}{{ "" }}',
      '1(2(3))',
    ],
    ['{% set t %}a{{ 1 }}{% endset %}{{ t | upper }}{% filter upper %}b{% endfilter %}', 'A1B'],
    ['{% with a, b = (1, 2) %}{{ a + b }}{% endwith %}', '3'],
    ['{% raw %}{{ x }}{% endraw %}{# gone #}{{ 1 }}', '{{ x }}1'],
    ['{% set r = [] %}{% for x in _.l %}{% set _ignored = r.append(x * 2) %}{% endfor %}{{ r }}', '[6, 2, 4]'],
    ['{{ _.people | groupby("a") | map(attribute="grouper") | list }}!', '[3]!'],
    ['{{ _.people | sort(attribute="n") | map(attribute="n") | join("<") }}!', 'al<Bo!'],
  ])('%s', (text, expected) => {
    expect(run(text)).toBe(expected);
  });

  test('loses the newline behind a block and the space before it', () => {
    expect(run('a\n  {% if true %}\n  b\n  {% endif %}\nc {{ 1 }}\n')).toBe('a\n  b\nc 1');
    expect(run('a {%- if true -%} b {%- endif %} {{ 1 }}')).toBe('ab 1');
  });

  test('without a value in it is an error, as it is in Mistral', () => {
    expect(() => run('{% if true %}x{% endif %}')).toThrow('list index out of range');
  });

  test('may not use what is undefined, but may ask for it', () => {
    expect(run('{{ _.nope is defined }}')).toBe(false);
    expect(run("{{ _.nope | default('d') }}")).toBe('d');
    expect(() => run('{{ _.nope.deeper }}')).toThrow("'dict object' has no attribute 'nope'");
    expect(() => run('x{{ _.nope }}')).toThrow("'dict object' has no attribute 'nope'");
    expect(() => run('{{ nope }}')).toThrow("'nope' is undefined");
    expect(run("x{{ 'a' if false }}")).toBe('x');
    expect(() => run("{{ 'a' if false }}")).toThrow('no else section was defined');
  });

  test('finds methods before items, and nothing that is internal', () => {
    expect(run('{{ _.d.items() | list }}')).toEqual([
      ['x', 1],
      ['items', 'own'],
    ]);
    expect(run("{{ _.d['items'] }}")).toBe('own');
    expect(() => run("{{ ''.__class__.__mro__ }}")).toThrow(
      "access to attribute '__class__' of 'str' object is unsafe.",
    );
  });

  test('may change its copy of the data, and nobody else sees it', () => {
    expect(run('{{ _.l.append(4) }}{{ _.l }}{{ _.d.update({"y": 2}) }}{{ _.d.y }}')).toBe('None[3, 1, 2, 4]None2');
    expect(data.l).toEqual([3, 1, 2]);
  });

  test('tells in the words of Jinja2 what it cannot read', () => {
    expect(() => run('{% for x in y %}{{ x }}{% endif %}')).toThrow(
      "Encountered unknown tag 'endif'. Jinja was looking for the following tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'.",
    );
    expect(() => run('{{ 1 + }}')).toThrow("unexpected 'end of template'");
    expect(() => run('{{ (1 }} x {{ 2 }}')).toThrow("unexpected '}', expected ')'");
    expect(() => run('x {{ }}')).toThrow("Expected an expression, got 'end of print statement'");
  });
});
