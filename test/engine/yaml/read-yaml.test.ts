import { describe, expect, test } from 'vitest';
import { SourceText } from '../../../engine/language/source-text.ts';
import { BigInteger, Float } from '../../../engine/model/json.ts';
import { toJson } from '../../../engine/yaml/node.ts';
import { readYaml } from '../../../engine/yaml/read-yaml.ts';

function read(text: string): unknown {
  const { root, errors } = readYaml(text, { anchors: true });
  expect(errors).toEqual([]);
  return root === null ? null : toJson(root);
}

function problems(text: string) {
  const source = new SourceText(text);
  return readYaml(text, { anchors: true }).errors.map(({ message, start, end }) => source.problem(message, start, end));
}

function refusal(text: string): string {
  return problems(text)
    .map(({ message }) => message)
    .join('\n');
}

describe('values', () => {
  test('keep the kind of number that Python would have', () => {
    expect(read('[1, 1.0, 1.5, -0.0, .inf, 9007199254740993, 0755, 0x1F, 1:30]')).toEqual([
      1,
      new Float(1),
      1.5,
      new Float(-0),
      new Float(Infinity),
      new BigInteger(9007199254740993n),
      493,
      31,
      90,
    ]);
  });

  test('are text where YAML 1.1 says so, whatever they look like', () => {
    expect(read("[y, n, 1e3, 08, '1', 0o17, 1.2.3]")).toEqual(['y', 'n', '1e3', '08', '1', '0o17', '1.2.3']);
  });

  test('that are dates become the text that Mistral stores, without a zone', () => {
    expect(read('[2001-12-14, 2001-12-14t21:59:43.10-05:00]')).toEqual(['2001-12-14', '2001-12-14T21:59:43.100000']);
    expect(refusal('2023-02-29')).toContain("no such date or time as '2023-02-29'");
  });

  test('under keys like __proto__ and constructor are only values', () => {
    const value = read('{__proto__: {admin: true}, constructor: 1}') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test('of keys that are no text are found under the text that JSON has for them', () => {
    expect(read('{1: a, true: b, null: c, 2.50: d, 3.0: e}')).toEqual({
      1: 'b',
      null: 'c',
      2.5: 'd',
      '3.0': 'e',
    });
  });

  test('written twice are the last one, merged ones give way to the own ones', () => {
    expect(read('a: 1\nb: 2\na: 3')).toEqual({ a: 3, b: 2 });
    expect(read('x: &x {p: 1, q: 2}\ny: {q: 3, <<: *x}')).toEqual({ x: { p: 1, q: 2 }, y: { p: 1, q: 3 } });
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a: {{ x }}', 1, 5, 'cannot be a key'],
    ['a:\n\tb: 1', 2, 1, 'A tab cannot stand here'],
    ['a: b: c', 1, 5, "A ':' cannot stand here"],
    ['- a\n-b', 2, 1, "A ':' is missing"],
    ["a: 'x", 1, 4, 'never closed'],
    ['a: [1, 2', 1, 4, "']' is missing"],
    ['a: "\\q"', 1, 5, '\\q means nothing'],
    ['a: !thing x', 1, 4, 'The tag !thing is not known'],
    ['a: 1\n--- \nb: 2', 2, 1, 'A second document'],
    ['a: \u0007', 1, 4, 'U+0007'],
    ['a: *x', 1, 4, 'no anchor &x'],
    ['a: !!binary aGVsbG8', 1, 4, 'cannot be read as !!binary'],
  ])('%j is refused at its place', (text, line, column, message) => {
    const [problem] = problems(text);
    expect(problem).toMatchObject({ line, column });
    expect(problem?.message).toContain(message);
  });

  test.each(['&', '*'])('%j alone is refused, though it may begin a text in a definition', (character) => {
    expect(readYaml(character, { anchors: false }).errors[0]?.message).toContain(`${character} alone means nothing`);
    expect(readYaml(`${character}x`, { anchors: false }).root).toMatchObject({ value: `${character}x` });
  });

  test('in single values is reported for all of them at once', () => {
    expect(problems('a: !x 1\nb: {{ y }}\nc: 2020-99-01').map(({ line }) => line)).toEqual([1, 2, 3]);
  });
});

describe('texts that are meant to hurt', () => {
  test('aliases that multiply are stopped', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}, *l${level}]`,
    );
    expect(refusal(`l0: &l0 [x, x, x]\n${levels.join('\n')}`)).toContain('more than 1000000 values');
  });

  test('a value that contains itself is refused', () => {
    expect(refusal('&a [*a]')).toContain('contain itself');
    expect(refusal('a: &a {b: {<<: *a}}')).toContain('contain itself');
  });

  test('nesting is followed for 200 levels and not for 1,000', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    const indented = Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    expect(refusal(nested(200))).toBe('');
    expect(refusal(nested(1000))).toContain('nested deeper than 200 levels');
    expect(refusal(indented)).toContain('nested deeper than 200 levels');
    expect(refusal('- '.repeat(1000))).toContain('nested deeper than 200 levels');
  });

  test('50 MB are refused unread', () => {
    expect(refusal('x'.repeat(50_000_000))).toContain('at most 5000000 are read');
  });

  test('a number of a million digits is refused', () => {
    expect(refusal('9'.repeat(1_000_000))).toContain('at most 4300 digits');
  });

  test.each(['[', '{', '{a: ', '? ', "'", '"\\', '! ', '%', 'a\n', '-\n', '&a ', '|\n ', '[a, ', ': '])(
    '%j over and over ends soon',
    (piece) => {
      expect(() => problems(piece.repeat(100_000))).not.toThrow();
    },
  );
});
