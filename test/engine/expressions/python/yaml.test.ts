import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toJson } from '../../../../engine/expressions/python/to-json.ts';
import { dumpYaml } from '../../../../engine/expressions/python/yaml-dump.ts';
import { parseYaml } from '../../../../engine/expressions/python/yaml-parse.ts';
import { Float, type Json } from '../../../../engine/model/json.ts';

describe('YAML', () => {
  test('is read as YAML 1.1, with anchors nothing but text', () => {
    const text = 'a: yes\nb: 010\nc: 1.0\nd: 1:30\ne: ~\nf: "yes"\ng: &x 1\nh: *x\ni: @y\nj: 1e3\nk: 1.5e+3';
    expect(toJson(parseYaml(text))).toEqual({
      a: true,
      b: 8,
      c: new Float(1),
      d: 90,
      e: null,
      f: 'yes',
      g: '&x 1',
      h: '*x',
      i: '@y',
      j: '1e3',
      k: new Float(1500),
    });
  });

  test('is written in blocks, keys in order, so that PyYAML could have written it', () => {
    const value = { b: [1, [], { d: 'x: y', c: null }], a: 'yes', long: 'word '.repeat(20).trim(), '': 'é\n' };
    expect(dumpYaml(value)).toBe(
      [
        "? ''",
        ': "\\xE9\\n"',
        "a: 'yes'",
        'b:',
        '- 1',
        '- []',
        '- c: null',
        "  d: 'x: y'",
        'long: word word word word word word word word word word word word word word word word',
        '  word word word word',
        '',
      ].join('\n'),
    );
  });

  test('comes back from its text as it was', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...' -:#\'"\n,[]{}?!|>%@a1.~') }));
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        text.filter((each) => !/[&*]/.test(each)),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: fc.constantFrom(...'abc: -\n#é') }), tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (each) => {
        expect(toJson(parseYaml(dumpYaml(each)))).toEqual(each);
      }),
    );
  });
});
