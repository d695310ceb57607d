import { expect, test } from 'vitest';
import { type Slot, slotsFor } from '../../../../renderer/ui/tree-grid/slots.ts';

const inWords = (slots: readonly Slot[]) => slots.map(({ id, key }) => `${id}${key}`).join(' ');
const start = slotsFor(['a', 'b', 'c', 'd'], [], false);

test('every row has an element of its own', () => {
  expect(inWords(start)).toBe('a0 b1 c2 d3');
});

test('while rows are scrolled those that come take the elements of those that go, where these are in the page', () => {
  const down = slotsFor(['c', 'd', 'e', 'f'], start, true);
  expect(inWords(down)).toBe('e0 f1 c2 d3');
  expect(inWords(slotsFor(['b', 'c', 'd', 'e'], down, true))).toBe('e0 b1 c2 d3');
});

test('once they rest the elements follow each other as the rows do, and stay those of their rows', () => {
  const down = slotsFor(['c', 'd', 'e', 'f'], start, true);
  expect(inWords(slotsFor(['c', 'd', 'e', 'f'], down, false))).toBe('c2 d3 e0 f1');
});

test('rows that enter between others or go do not change the elements of those that stay', () => {
  expect(inWords(slotsFor(['a', 'x', 'b', 'c', 'd'], start, false))).toBe('a0 x4 b1 c2 d3');
  expect(inWords(slotsFor(['a', 'd'], start, false))).toBe('a0 d3');
  expect(inWords(slotsFor(['a', 'x', 'd'], start, false))).toBe('a0 x1 d3');
});
