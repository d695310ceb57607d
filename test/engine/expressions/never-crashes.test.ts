import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, findSyntaxProblems } from '../../../engine/expressions/evaluate.ts';
import { ExpressionError } from '../../../engine/expressions/expression-error.ts';
import { oracleScope } from '../../conformance/expression-oracles.ts';
import { propertyRuns } from '../../property-runs.ts';

const scope = oracleScope({ n: 5, s: 'text', l: [3, 1, 2], d: { x: 1 }, f: 2.5, none: null });

/** Pieces that expressions are made of, so that a fair part of the texts means something. */
const pieces = fc.constantFrom(
  ...[
    '$',
    '$.',
    '_',
    '_.',
    'n',
    's',
    'l',
    'd',
    'x',
    '1',
    '2.5',
    "'a'",
    '"',
    '`',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ' ',
  ],
  ...[
    ' + ',
    ' - ',
    ' * ',
    ' / ',
    ' mod ',
    ' and ',
    'not ',
    ' in ',
    ' => ',
    ' -> ',
    ' = ',
    ' < ',
    '?.',
    '.',
    ' =~ ',
    ':',
  ],
  ...[
    'len()',
    'where(',
    'select(',
    'join(',
    'format(',
    'range(',
    'dict(',
    'switch(',
    'let(',
    'str(',
    'regex(',
    'first()',
  ],
  ...[
    ' | ',
    'upper',
    'map(',
    'sort',
    'join',
    ' is ',
    'defined',
    ' if ',
    ' else ',
    ' ~ ',
    ' % ',
    ' ** ',
    '\\',
    '\n',
    'é☃😀',
  ],
  ...[
    '{% for i in _.l %}',
    '{% endfor %}',
    '{% if ',
    '{% endif %}',
    '{{ ',
    ' }}',
    '{% set x = ',
    ' %}',
    '{#',
    '#}',
    '%',
  ],
);
const assembled = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
const anyText = fc.oneof(assembled, fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }));

function survives(text: string): void {
  for (const problem of findSyntaxProblems(text)) {
    expect(problem.offset).toBeGreaterThanOrEqual(0);
    expect(problem.offset).toBeLessThanOrEqual(text.length);
  }
  try {
    evaluate(text, scope);
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
  }
}

describe('whatever is written between the marks', () => {
  test('YAQL gives a value or an error of its own', () => {
    fc.assert(
      fc.property(anyText, (text) => survives(`<% ${text} %>`)),
      propertyRuns(3000),
    );
  });

  test('Jinja2 gives a value or an error of its own', () => {
    fc.assert(
      fc.property(anyText, (text) => survives(`{{ ${text} }}`)),
      propertyRuns(3000),
    );
  });

  test('a template gives a text or an error of its own', () => {
    fc.assert(
      fc.property(anyText, (text) => survives(`${text}{{ 1 }}`)),
      propertyRuns(2000),
    );
  });
});
