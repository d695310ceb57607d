import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../engine/expressions/evaluate.ts';
import { floorDivide, modulo, multiply } from '../../../../engine/expressions/python/numbers.ts';
import { BigInteger, Float, type Json } from '../../../../engine/model/json.ts';
import { oracleScope } from '../../../conformance/expression-oracles.ts';

const run = (text: string): Json => evaluate(text, oracleScope({}));

describe('numbers', () => {
  test.each<[string, Json]>([
    ['{{ 9007199254740991 + 1 }}', new BigInteger(9007199254740992n)],
    ['{{ 9007199254740993 - 9007199254740992 }}', 1],
    ['{{ 10 ** 20 // 10 ** 19 }}', 10],
    ['{{ 3 * 1.0 }}', new Float(3)],
    ['{{ true + 1 }}', 2],
    ['{{ 4 / 2 }}', new Float(2)],
    ['<% 7 / 2 %>', 3],
    ['<% -7 / 2 %>', -4],
    ['<% 7 mod -3 %>', -2],
    ['<% 5.5 mod -2 %>', -0.5],
    ['<% round(2.5) %>', new Float(2)],
    ['<% round(2.675, 2) %>', 2.67],
    ['<% round(0.125, 2) %>', 0.12],
    ['{{ 2.5 | round }}', new Float(2)],
    ['{{ 25 ** -2 }}', 0.0016],
    ['{{ 1.1 ** 10 }}', 2.5937424601000023],
    ["<% '{0:.0f} {1:.1f} {2:g} {3:,}'.format(2.5, 0.25, 1234567.0, 1234567) %>", '2 0.2 1.23457e+06 1,234,567'],
    ["{{ '%05.1f|%-5d|%x|%+d' % (2.25, 7, 255, 3) }}", '002.2|7    |ff|+3'],
  ])('%s', (text, expected) => {
    expect(run(text)).toEqual(expected);
  });

  test('1, 1.0 and true are the same key, and 1 and "1" are not', () => {
    expect(run('<% [1, 1.0, true, "1"].distinct() %>')).toEqual([1, '1']);
    expect(run("{{ {1: 'a', true: 'b', '1': 'c'} }}")).toEqual({ 1: 'c' });
    expect(run('<% 1 = 1.0 and 1 = true and not (1 = "1") %>')).toBe(true);
  });

  test('division and remainder belong together, whatever the signs and sizes', () => {
    const integer = fc.oneof(fc.integer(), fc.maxSafeInteger());
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        fc.pre(b !== 0);
        const quotient = floorDivide(a, b);
        const rest = modulo(a, b) as number;
        const product = multiply(quotient, b);
        const back = BigInt(product instanceof BigInteger ? product.value : (product as number)) + BigInt(rest);
        expect(back).toBe(BigInt(a));
        expect(rest === 0 || rest < 0 === b < 0).toBe(true);
        expect(Math.abs(rest)).toBeLessThan(Math.abs(b));
      }),
    );
  });
});
