import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../engine/expressions/evaluate.ts';
import { toText } from '../../../../engine/expressions/python/text.ts';
import { BigInteger, Float } from '../../../../engine/model/json.ts';
import { oracleScope } from '../../../conformance/expression-oracles.ts';

describe('a value is printed as Python prints it', () => {
  test.each([
    [null, 'None'],
    [true, 'True'],
    ['text', 'text'],
    [new Float(1), '1.0'],
    [new Float(-0), '-0.0'],
    [0.1 + 0.2, '0.30000000000000004'],
    [new Float(1e16), '1e+16'],
    [new Float(123456789012345680), '1.2345678901234568e+17'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [new Float(Number.POSITIVE_INFINITY), 'inf'],
    [new BigInteger(12345678901234567890n), '12345678901234567890'],
    [[1, 'a', null, [true, new Float(2)]], "[1, 'a', None, [True, 2.0]]"],
    [{ a: 1, 'b c': { d: [] } }, "{'a': 1, 'b c': {'d': []}}"],
    [["it's", 'say "x"', 'both \' and "'], "[\"it's\", 'say \"x\"', 'both \\' and \"']"],
    [['\n\t\\', '\u0000\u007f\u00a0', 'é☃😀', '\u200b'], "['\\n\\t\\\\', '\\x00\\x7f\\xa0', 'é☃😀', '\\u200b']"],
  ])('%j', (value, expected) => {
    expect(toText(value)).toBe(expected);
  });

  test('with tuples where YAQL has them', () => {
    const scope = oracleScope({ l: [1] });
    expect(evaluate("<% str([$.l, 'a'.split(','), {a => set(1)}]) %>", scope)).toBe(
      "((1,), ['a'], {'a': frozenset({1})})",
    );
  });
});
