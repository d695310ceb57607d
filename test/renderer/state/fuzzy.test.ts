import { expect, it } from 'vitest';
import { fuzzyMatch } from '../../../renderer/state/fuzzy.ts';

const best = (typed: string, texts: readonly string[]) =>
  texts
    .flatMap((text) => {
      const match = fuzzyMatch(typed, text);
      return match === null ? [] : [{ text, score: match.score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

it('finds the letters in their order, capital or not, and leaves spaces out', () => {
  expect(best('SHOW LIB', ['Show library', 'Library', 'show the library'])).toEqual([
    'Show library',
    'show the library',
  ]);
  expect(fuzzyMatch('xyz', 'Library')).toBeNull();
  expect(fuzzyMatch('yl', 'Lily')).toBeNull();
});

it('prefers letters in a row, and beginnings of words', () => {
  expect(best('run', ['Remove unused names', 'Run hello', 'Prune'])[0]).toBe('Run hello');
  expect(best('fj', ['Fan-out and join', 'Fajita'])[0]).toBe('Fan-out and join');
  expect(best('hello', ['hello_world_of_workflows', 'hello'])[0]).toBe('hello');
});

it('says where the letters are', () => {
  expect(fuzzyMatch('sub', 'Show sub_workflow')?.at).toEqual([5, 6, 7]);
  expect(fuzzyMatch('ex', 'İstanbul: Executions')?.at).toEqual([10, 11]);
});

it('matches everything when nothing is typed', () => {
  expect(fuzzyMatch('  ', 'Library')).toEqual({ score: 0, at: [] });
});

it('takes no long time over a text that almost matches everywhere', () => {
  expect(fuzzyMatch(`${'a'.repeat(50)}b`, 'a'.repeat(255))).toBeNull();
});
