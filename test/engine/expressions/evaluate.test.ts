import { describe, expect, test } from 'vitest';
import {
  containsExpression,
  evaluate,
  evaluateCondition,
  findSyntaxProblems,
  isExpression,
} from '../../../engine/expressions/evaluate.ts';
import { ExpressionError } from '../../../engine/expressions/expression-error.ts';
import type { Scope } from '../../../engine/expressions/scope.ts';
import { BigInteger, Float } from '../../../engine/model/json.ts';
import { oracleScope } from '../../conformance/expression-oracles.ts';

const scope = oracleScope({ n: 5, s: 'text', list: [1, 'a', null, true], dict: { a: 1.5 }, none: null });

function errorOf(run: () => unknown): ExpressionError {
  try {
    run();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('There was no error.');
}

describe('a text', () => {
  test('that is exactly one expression keeps the type of its value', () => {
    expect(evaluate('<% $.list %>', scope)).toEqual([1, 'a', null, true]);
    expect(evaluate('{{ _.n }}', scope)).toBe(5);
    expect(evaluate('<% 6.0 / 2 %>', scope)).toEqual(new Float(3));
    expect(evaluate('{{ 2 ** 64 }}', scope)).toEqual(new BigInteger(2n ** 64n));
  });

  test('with anything around the expression becomes a text as Python prints it', () => {
    expect(evaluate(' <% $.list %>', scope)).toBe(" [1, 'a', None, True]");
    expect(evaluate('<% $.n %>-<% $.dict %>', scope)).toBe("5-{'a': 1.5}");
    expect(evaluate('{{ _.none }}!', scope)).toBe('None!');
  });

  test('replaces every occurrence of an expression', () => {
    expect(evaluate('<% $.n %> <% $.n %> $&', scope)).toBe('5 5 $&');
  });

  test('without an expression is returned as it is', () => {
    expect(evaluate('plain', scope)).toBe('plain');
    expect(evaluate('100% {not} <this>', scope)).toBe('100% {not} <this>');
  });

  test('holds no expression that goes over the end of a line', () => {
    expect(evaluate('<% $.n\n %>', scope)).toBe('<% $.n\n %>');
    expect(isExpression('{{ a\n }}')).toBe(false);
  });

  test('with both languages is a Jinja2 template', () => {
    expect(evaluate('<% $.n %> {{ _.n }}', scope)).toBe('<% $.n %> 5');
  });
});

describe('a value', () => {
  test('is evaluated in lists and in the values of dictionaries, but not in their keys', () => {
    expect(evaluate({ '<% 1 %>': ['<% $.n %>', { deep: '{{ _.s }}' }], other: 1 }, scope)).toEqual({
      '<% 1 %>': [5, { deep: 'text' }],
      other: 1,
    });
  });

  test('without any expression is the same object afterwards', () => {
    const value = { a: [1, 'x', { b: null }], c: new Float(1) };
    expect(evaluate(value, scope)).toBe(value);
    expect(containsExpression(value)).toBe(false);
    expect(containsExpression({ a: ['{{ 1 }}'] })).toBe(true);
  });

  test('may have a key named __proto__ like any other', () => {
    const value = JSON.parse('{"__proto__": "<% 1 + 1 %>"}');
    const result = evaluate(value, scope);
    expect(JSON.stringify(result)).toBe('{"__proto__":2}');
    expect(JSON.stringify(evaluate("<% {'__proto__' => 1} %>", scope))).toBe('{"__proto__":1}');
    expect(evaluate('{{ {}.constructor is defined }}', scope)).toBe(false);
  });

  test('that is looked up whole and large is handed through without a copy', () => {
    const large = { items: Array.from({ length: 10 }, (_, index) => ({ index })) };
    const withLarge = oracleScope({ large });
    expect(evaluate('<% $.large %>', withLarge)).toBe(large);
    expect(evaluate('{{ _.large }}', withLarge)).toBe(large);
    expect(evaluate('<% [$.large] %>', withLarge)).toEqual([large]);
  });

  test('asks the scope for no more variables than it names', () => {
    const asked: string[] = [];
    const watched: Scope = {
      ...scope,
      get: (name) => {
        asked.push(name);
        return scope.get(name);
      },
      keys: () => {
        throw new Error('All variables were asked for.');
      },
    };
    expect(evaluate('<% $.n + $.dict.a %>', watched)).toBe(6.5);
    expect(evaluate('{{ _.n }}', watched)).toBe(5);
    expect(asked).toEqual(['n', 'dict', 'n']);
  });
});

describe('a condition', () => {
  test.each([
    ['<% $.n > 3 %>', true],
    ['<% $.none %>', false],
    ["<% '' %>", false],
    ['<% 0 %>', false],
    ['<% 0.0 %>', false],
    ['<% [] %>', false],
    ['<% {} %>', false],
    ["<% 'false' %>", true],
    ['{{ _.list }}', true],
    ['{{ false }} ', true],
    ['no expression', true],
    ['', false],
  ])('%s is %s, as Python sees it', (expression, expected) => {
    expect(evaluateCondition(expression, scope)).toBe(expected);
  });
});

describe('an error', () => {
  test('says which expression it is about, and what is wrong', () => {
    const error = errorOf(() => evaluate('value: <% $.missing.x %>', scope));
    expect(error.message).toBe(
      "Can not evaluate YAQL expression [expression=$.missing.x, error=There is no variable 'missing'.]",
    );
    expect(error).toMatchObject({ expression: '$.missing.x', stage: 'evaluate' });
  });

  test('of a Jinja2 text names the whole text', () => {
    expect(errorOf(() => evaluate('{{ 1 / 0 }}', scope)).message).toBe(
      'Can not evaluate Jinja expression [expression={{ 1 / 0 }}, error=division by zero]',
    );
  });

  test('tells what cannot be read from what cannot be computed and what cannot be stored', () => {
    expect(errorOf(() => evaluate('<% 1 + %>', scope)).stage).toBe('parse');
    expect(errorOf(() => evaluate("<% 1 + 'a' %>", scope)).stage).toBe('evaluate');
    expect(errorOf(() => evaluate('<% timespan(hours => 1) %>', scope)).stage).toBe('serialize');
  });
});

describe('syntax problems', () => {
  test('are found where they are in the text', () => {
    const text = 'a <% $.x %> b <% 1 + %>';
    expect(findSyntaxProblems(text)).toEqual([
      { message: 'Parse error: unexpected end of statement', offset: text.indexOf(' %>', 15) + 1, length: 1 },
    ]);
  });

  test('are none for a filter or function that does not exist: only using it is an error', () => {
    expect(findSyntaxProblems('{{ _.x | nofilter }} and more')).toEqual([]);
    expect(findSyntaxProblems('<% no_such_function(1) %>')).toEqual([]);
    expect(() => evaluate('{{ _.x | nofilter }}', scope)).toThrow("No filter named 'nofilter'.");
  });

  test('of a template are told in the words of Jinja2', () => {
    expect(findSyntaxProblems('{% if a %}{{ 1 }}')[0]?.message).toBe(
      "Syntax error 'Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.'.",
    );
  });

  test('are found where the two languages are mixed', () => {
    expect(findSyntaxProblems('{{ 1 }} <% 2 %>')).toEqual([
      {
        message:
          "The line already contains an expression of type 'jinja'. Mixing expression types in a single line is not allowed.",
        offset: 8,
        length: 7,
      },
    ]);
  });
});
