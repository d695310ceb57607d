import { expect, test } from 'vitest';
import { typeOf, unwrapOffset, wrapExpression } from '../../../../renderer/features/expression-lab/wrap-expression.ts';

test('what is typed gets the marks of its language, unless it has its own', () => {
  expect(wrapExpression('$.a', 'yaql').text).toBe('<% $.a %>');
  expect(wrapExpression('_.a', 'jinja').text).toBe('{{ _.a }}');
  expect(wrapExpression('a: <% $.a %>', 'jinja').text).toBe('a: <% $.a %>');
  expect(wrapExpression('{% if _.a %}x{% endif %}', 'yaql').text).toBe('{% if _.a %}x{% endif %}');
});

test('several lines are one expression, and places stay where they are', () => {
  const typed = '$.list\n  .where($ > 1)';
  const wrapped = wrapExpression(typed, 'yaql');
  expect(wrapped.text).toBe('<% $.list   .where($ > 1) %>');
  expect(typed.slice(unwrapOffset(typed, wrapped, wrapped.text.indexOf('where')))).toBe('where($ > 1)');
  expect(unwrapOffset(typed, wrapped, 1000)).toBe(typed.length);
});

test.each([
  ['{"a":1}', 'dictionary'],
  ['[]', 'list'],
  ['"1"', 'text'],
  ['1', 'integer'],
  ['1.0', 'float'],
  ['true', 'true or false'],
  ['null', 'null'],
])('%s is a %s', (json, type) => {
  expect(typeOf(json)).toBe(type);
});
