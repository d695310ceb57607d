import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../engine/expressions/evaluate.ts';
import type { Json } from '../../../../engine/model/json.ts';
import { oracleScope } from '../../../conformance/expression-oracles.ts';

const scope = oracleScope({ l: [3, 1, 2], d: { x: 1 }, nothing: null });
const run = (text: string): Json => evaluate(`<% ${text} %>`, scope);

describe('YAQL', () => {
  test('reads an iterator once, unless it is memorized', () => {
    expect(run('let(x => $.l.select($)) -> [$x.len(), $x.len()]')).toEqual([3, 0]);
    expect(run('let(x => $.l.select($).memorize()) -> [$x.len(), $x.len()]')).toEqual([3, 3]);
  });

  test('keeps null apart from nothing at all', () => {
    expect(run('$.d.set(x, null).get(x, 5)')).toBe(null);
    expect(run('$.d.get(y, 5)')).toBe(5);
    expect(run('[null].select($)')).toEqual([null]);
    expect(run('[null].first(5)')).toBe(null);
  });

  test('looks up names from the inside out', () => {
    expect(run('let(x => 1) -> let(x => 2, y => $x) -> [$x, $y]')).toEqual([2, 1]);
    expect(run('[[1, 2], [3]].select($.select($ + 1).sum())')).toEqual([5, 4]);
  });

  test("prefers the expression's own functions to the library's", () => {
    expect(run('def(len, 5) -> len([1])')).toBe(5);
    expect(run('def(fact, switch($ <= 1 => 1, true => $ * fact($ - 1))) -> fact(10)')).toBe(3628800);
  });

  test('takes arguments by name, and leaves out what is skipped', () => {
    expect(run("'abcabc'.replace(new => x, old => a, count => 1)")).toBe('xbcabc');
    expect(run('range(0, 10, step => 5)')).toEqual([0, 5]);
    expect(() => run("'a'.replace(a, b, nope => 1)")).toThrow('No method "replace" for receiver a');
    expect(() => run('concat()')).toThrow('Ambiguous function "concat"');
  });

  test('orders only what it has to compare', () => {
    expect(run('[null].orderBy($.x.y)')).toEqual([null]);
    expect(run('[[2, a], [1, b], [2, b]].orderByDescending($[0]).thenBy($[1])')).toEqual([
      [2, 'a'],
      [2, 'b'],
      [1, 'b'],
    ]);
  });

  test('cannot put into a set what has become a list on the way out', () => {
    expect(run('[1, 2, 2].toSet()')).toEqual([1, 2]);
    expect(() => run('[[1]].toSet()')).toThrow("unhashable type: 'list'");
    expect(() => run('{a => 1}.items()')).toThrow("unhashable type: 'list'");
  });
});
