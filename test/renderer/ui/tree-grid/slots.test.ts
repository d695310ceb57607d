import { expect, test } from 'vitest';
import { type Slot, slotsFor } from '../../../../renderer/ui/tree-grid/slots.ts';

const inWords = (slots: readonly Slot[]) => slots.map(({ id, key }) => `${id}${key}`).join(' ');
const still = { isMoving: false, size: 0 };
const moving = { isMoving: true, size: 0 };
const start = slotsFor(['a', 'b', 'c', 'd'], [], still);

test('every row has an element of its own', () => {
  expect(inWords(start)).toBe('a0 b1 c2 d3');
});

test('while rows are scrolled those that come take the elements of those that go, where these are in the page', () => {
  const down = slotsFor(['c', 'd', 'e', 'f'], start, moving);
  expect(inWords(down)).toBe('e0 f1 c2 d3');
  expect(inWords(slotsFor(['b', 'c', 'd', 'e'], down, moving))).toBe('e0 b1 c2 d3');
});

test('once they rest the elements follow each other as the rows do, and stay those of their rows', () => {
  const down = slotsFor(['c', 'd', 'e', 'f'], start, moving);
  expect(inWords(slotsFor(['c', 'd', 'e', 'f'], down, still))).toBe('c2 d3 e0 f1');
});

test('rows that enter between others or go do not change the elements of those that stay', () => {
  expect(inWords(slotsFor(['a', 'x', 'b', 'c', 'd'], start, still))).toBe('a0 x4 b1 c2 d3');
  expect(inWords(slotsFor(['a', 'd'], start, still))).toBe('a0 d3');
  expect(inWords(slotsFor(['a', 'x', 'd'], start, still))).toBe('a0 x1 d3');
});

test('spare elements make up the number that is wanted, are used by the rows that come, and come back when rows go', () => {
  const spared = slotsFor(['a', 'b'], [], { isMoving: false, size: 4 });
  expect(inWords(spared)).toBe('a0 b1 null2 null3');
  const opened = slotsFor(['a', 'x', 'y', 'z', 'b'], spared, { isMoving: true, size: 4 });
  expect(inWords(opened)).toBe('a0 b1 x2 y3 z4');
  const rested = slotsFor(['a', 'x', 'y', 'z', 'b'], opened, { isMoving: false, size: 4 });
  expect(inWords(rested)).toBe('a0 x2 y3 z4 b1');
  expect(inWords(slotsFor(['a', 'b'], rested, { isMoving: false, size: 4 }))).toBe('a0 b1 null2 null3');
});
