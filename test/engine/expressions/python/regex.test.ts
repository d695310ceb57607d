import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapePattern, Pattern } from '../../../../engine/expressions/python/regex/pattern.ts';

const found = (pattern: string, text: string): (string | null)[] =>
  Array.from(new Pattern(pattern).findAll(text), (match) => match.group());

describe('a regular expression', () => {
  test.each([
    ['a+?b', 'aaab', ['aaab']],
    ['(?P<x>a)(?P=x)', 'aa a', ['aa']],
    ['(?i:A)b', 'ab aB', ['ab']],
    ['(?<=\\d)x(?!y)', '1x 2xy x', ['x']],
    ['(a)?(?(1)b|c)', 'ab c b', ['ab', 'c']],
    ['(?>a*)a', 'aaa', []],
    ['a++a', 'aaa', []],
    ['(a*)*', 'aab', ['aa', '', '']],
    ['\\w+', 'héllo wörld_1', ['héllo', 'wörld_1']],
    ['.', '😀a', ['😀', 'a']],
    ['(?x) a \\# b # comment', 'a#b', ['a#b']],
    ['\\Aa|b\\Z', 'ab', ['a', 'b']],
    ['[^]a]', ']ab', ['b']],
    ['[a\\-z]+', 'a-z b', ['a-z']],
    ['x{,2}', 'xxx', ['xx', 'x', '']],
    ['x{a}', 'x{a}', ['x{a}']],
  ])('%s in %j finds what Python finds', (pattern, text, expected) => {
    expect(found(pattern, text)).toEqual(expected);
  });

  test.each([
    ['(', 'missing ), unterminated subpattern at position 0'],
    ['a**', 'multiple repeat at position 2'],
    ['*a', 'nothing to repeat at position 0'],
    ['[b-a]', 'bad character range b-a at position 1'],
    ['\\q', 'bad escape \\q at position 0'],
    ['(?<=a*)b', 'look-behind requires fixed-width pattern'],
    ['(?P<1a>x)', 'bad character in group name'],
    ['\\1', 'invalid group reference 1'],
  ])('%s is refused in the words of Python', (pattern, message) => {
    expect(() => new Pattern(pattern)).toThrow(message);
  });

  test('splits and replaces with what its groups caught', () => {
    expect(new Pattern('(,)|;').split('a,b;c', 0)).toEqual(['a', ',', 'b', null, 'c']);
    expect(new Pattern('x*').split('axb', 0)).toEqual(['', 'a', '', 'b', '']);
    expect(new Pattern('(?P<first>\\w)(\\w)').replace('ab cd', '\\2\\g<first>\\g<0>', 0)).toBe('baab dccd');
  });

  test('finds any text that has been escaped for it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(new Pattern(`\\A${escapePattern(text)}\\Z`).search(text)?.group()).toBe(text);
      }),
    );
  });
});
